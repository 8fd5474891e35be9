import { expect, test } from "vitest";
import { entityTag, matchesTag } from "./conditional.ts";

const tag = entityTag("2026-11-03T10:00:00Z 17");

test("a tag is weak, opaque and the same for the same version", () => {
  expect(tag).toMatch(/^W\/"[\w-]{27}"$/);
  expect(entityTag("2026-11-03T10:00:00Z 17")).toBe(tag);
  expect(entityTag("2026-11-03T10:00:00Z 18")).not.toBe(tag);
  expect(entityTag('a"b\nc é')).toMatch(/^W\/"[\w-]{27}"$/);
});

test.each([tag, tag.slice(2), `"x", ${tag}`, `W/"x",${tag.slice(2)}`, "*", ` ${tag} `])("%s matches", (header) => {
  expect(matchesTag(header, tag)).toBe(true);
});

test.each([null, "", '"x"', tag.slice(0, -2), tag.slice(3, -1)])("%j does not", (header) => {
  expect(matchesTag(header, tag)).toBe(false);
});

test("what has no tag matches nothing", () => {
  expect(matchesTag("*", null)).toBe(false);
});

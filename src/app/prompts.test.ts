import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { prompts } from "./prompts.ts";

/** SHA-256 of each version's text. A new version gets a new line; a line that stands is never changed. */
const texts: Record<string, string> = {
  "ask-answer@1": "eb8808e7002d5173dd186ab594160f5fab020478ef05fe573aa0902dbc35529b",
};

test("a text that calls were made with doesn't change without a new version", () => {
  const found = prompts.flatMap(({ id, versions }) => versions.map(({ version, instructions }) => [`${id}@${version}`, createHash("sha256").update(instructions).digest("hex")]));
  expect(Object.fromEntries(found)).toEqual(texts);
});

test("each prompt has a name of its own", () => {
  expect(new Set(prompts.map(({ id }) => id)).size).toBe(prompts.length);
});

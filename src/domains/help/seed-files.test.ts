import { describe, expect, test } from "vitest";
import { parseEntry, readSeedEntries } from "./seed-files.ts";

const entries = await readSeedEntries();
const file = (over: Record<string, string> = {}, body = "Text.") => {
  const fields = { id: "ramp", title: "Ramp", short: "Short.", topic: "Answers", tags: "[a]", sources: "[]", ...over };
  return `---\n${Object.entries(fields).map(([name, value]) => `${name}: ${value}`).join("\n")}\n---\n${body}`;
};

describe("the checked-in help", () => {
  test("has at least 24 entries, each with an opening and sections", () => {
    expect(entries.length).toBeGreaterThanOrEqual(24);
    for (const { id, body } of entries) {
      const [opening, ...sections] = body.split(/^## /m);
      expect([id, opening?.trim()]).not.toEqual([id, ""]);
      expect(sections.length).toBeGreaterThanOrEqual(2);
    }
  });

  test("links only to entries and pages that exist", () => {
    const known = new Set([...entries.map(({ id }) => `/help/${id}`), "/", "/help", "/ask", "/status", "/api/openapi.json"]);
    const dead = entries.flatMap(({ id, body }) =>
      [...body.matchAll(/\]\((\/[^)#\s]*)/g)].map(([, path]) => path ?? "").filter((path) => !known.has(path)).map((path) => `${id} → ${path}`));
    expect(dead).toEqual([]);
  });

  test("holds no raw HTML, no image and no heading of the first level", () => {
    for (const { id, body } of entries) {
      const prose = body.replace(/```.*?```|`[^`]*`/gs, "");
      expect([id, /<[a-z/!]|!\[|^# /im.test(prose)]).toEqual([id, false]);
    }
  });
});

describe("parseEntry", () => {
  test("reads front matter and text", () => {
    expect(parseEntry("ramp.md", file())).toMatchObject({ id: "ramp", title: "Ramp", tags: ["a"], body: "Text." });
  });

  test("makes another hash of any change", () => {
    const hashes = [file(), file({ title: "Ramps" }), file({ tags: "[b]" }), file({}, "Text!")].map((text) => parseEntry("ramp.md", text).hash);
    expect(new Set(hashes).size).toBe(4);
  });

  test.each([
    ["no front matter", "ramp.md", "Text.", /no front matter/],
    ["another file name", "ramps.md", file(), /name it ramp.md/],
    ["an unknown topic", "ramp.md", file({ topic: "Gossip" }), /ramp.md: .*topic/s],
    ["an unknown field", "ramp.md", file({ colour: "red" }), /colour/],
    ["a source that isn't https", "ramp.md", file({ sources: "[{title: T, url: 'http://x.example'}]" }), /url/],
    ["no text", "ramp.md", file({}, "  "), /body/],
  ])("refuses %s", (_, name, text, message) => {
    expect(() => parseEntry(name, text)).toThrow(message);
  });
});

import { describe, expect, test } from "vitest";
import { findSource, sources } from "./registry.ts";

test("every source has an id of its own, and is found by it", () => {
  const ids = sources.map(({ id }) => id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  for (const source of sources) expect(findSource(source.id)).toBe(source);
  expect(findSource("none.such")).toBeNull();
});

describe.each(sources.map((source) => [source.id, source] as const))("%s", (id, source) => {
  test("says what the table of sources shows", () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/);
    for (const text of [source.name, source.publisher, source.licence.name, source.rules.unit, source.rules.time, source.rules.sign]) expect(text.trim()).not.toBe("");
    for (const address of [source.page, source.licence.url]) expect(new URL(address).protocol).toBe("https:");
    expect(source.cadenceMinutes).toBeGreaterThan(0);
    expect(() => new Intl.DateTimeFormat("en", { timeZone: source.zone })).not.toThrow();
  });

  test("names its documents by https, or by http at a host that it lists, each once", () => {
    const range = { from: new Date("2024-12-30T12:00:00Z"), to: new Date("2025-01-02T12:00:00Z") };
    for (const documents of [[...source.documents()], [...source.documents(range)]]) {
      const urls = documents.map(({ url }) => new URL(url));
      for (const url of urls) expect(url.protocol === "https:" || (source.plainHttpHosts ?? []).includes(url.host)).toBe(true);
      expect(new Set(urls.map(String)).size).toBe(urls.length);
    }
  });
});

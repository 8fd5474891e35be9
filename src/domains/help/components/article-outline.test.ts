import { expect, test } from "vitest";
import { outline, readingMinutes } from "#domains/help/components/article-outline.ts";

test("the outline holds second-level headings with the ids that the article gives them", () => {
  expect(outline("Lead.\n\n## Prices\n\n### Detail\n\n## Hour *ending* `HE`\n\n## Prices\n")).toEqual([
    { id: "prices", text: "Prices" },
    { id: "hour-ending-he", text: "Hour ending HE" },
    { id: "prices-2", text: "Prices" },
  ]);
});

test("reading takes a minute at least", () => {
  expect(readingMinutes("Short.")).toBe(1);
  expect(readingMinutes("word ".repeat(660))).toBe(3);
});

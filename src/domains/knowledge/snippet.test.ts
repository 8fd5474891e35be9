import { expect, test } from "vitest";
import type { Passage } from "./schema.ts";
import { snippetOf } from "./snippet.ts";

const passage = (content: string): Passage => ({
  id: "1:1", source: "help", sourceId: "a", title: "A", language: "english", url: "/help/a", heading: null, content,
  updatedAt: new Date(0), rank: 1, score: 1, match: 1, similarity: null,
});
const terms = [{ terms: ["price"], worth: 3, known: true }, { terms: ["pool"], worth: 2, known: true }];

test("shows the part that says most, from a sentence on, with the words marked", () => {
  const content = `${"Nothing of use stands here. ".repeat(20)}The pool has one price. Prices change each hour.`;
  const { text, marks } = snippetOf(passage(content), terms, 60);
  expect(text).toBe("The pool has one price. Prices change each hour.");
  expect(marks.map(({ start, end }) => text.slice(start, end))).toEqual(["pool", "price", "Prices"]);
});

test("shows the beginning when no word stands in the passage", () => {
  expect(snippetOf(passage("Only the title holds the words. And so on."), terms, 20)).toEqual({ text: "Only the title holds", marks: [] });
});

test("shows a short passage whole", () => {
  expect(snippetOf(passage("One price."), terms, 300).text).toBe("One price.");
});

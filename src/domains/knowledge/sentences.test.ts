import { expect, test } from "vitest";
import { sentenceSpans } from "./sentences.ts";

const sentences = (text: string) => sentenceSpans(text).map(({ start, end }) => text.slice(start, end));

test("takes sentences, list items and table rows as they stand", () => {
  expect(sentences("One is first. Two, e.g. this, is second.\n\n- An item\n- Another\n\na | b")).toEqual([
    "One is first.", "Two, e.g. this, is second.", "An item", "Another", "a | b",
  ]);
});

test("leaves out what holds neither letter nor digit", () => {
  expect(sentences("---\n\n42 | 7\n\n… !\n\nText.")).toEqual(["42 | 7", "Text."]);
});

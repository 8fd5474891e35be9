import { expect, test } from "vitest";
import { markQuotes, markSpans, type Stretch } from "./marked-text.ts";

/** «marked» stretches in guillemets. */
const show = (stretches: Stretch[]) => stretches.map(({ text, marked }) => (marked ? `«${text}»` : text)).join("");

test("spans are marked where they stand", () => {
  expect(show(markSpans("The hour is named by its end.", [{ start: 4, end: 8 }, { start: 25, end: 28 }]))).toBe("The «hour» is named by its «end».");
  expect(show(markSpans("nothing asked", []))).toBe("nothing asked");
});

test("quotes are marked where they stand, in the text's order", () => {
  expect(show(markQuotes("One. Two. Three.", ["Three.", "One."]))).toBe("«One.» Two. «Three.»");
});

test("quotes that touch or overlap become one stretch", () => {
  expect(markQuotes("abcdef", ["abc", "bcd", "e"])).toEqual([
    { text: "abcde", marked: true },
    { text: "f", marked: false },
  ]);
});

test("an empty quote, or one that isn't in the text, marks nothing", () => {
  expect(show(markQuotes("One. Two.", ["", "Four."]))).toBe("One. Two.");
});

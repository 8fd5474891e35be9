import { expect, test } from "vitest";
import { markQuotes, markWords, type Stretch } from "./marked-text.ts";

/** «marked» stretches in guillemets. */
const show = (stretches: Stretch[]) => stretches.map(({ text, marked }) => (marked ? `«${text}»` : text)).join("");

test.each([
  ["hour ending", "The hour is named by its end.", "The «hour» is named by its end."],
  ["price", "Prices, priced and a repricing", "«Prices», «priced» and a repricing"],
  ["what does the HE mean", "HE 17 is the hour", "«HE» 17 is the hour"],
  ["17", "HE 17, not 2017", "HE «17», not 2017"],
  ["québec", "Hydro-Québec", "Hydro-«Québec»"],
  ["a+b (", "a+b (", "a+b ("],
  ["", "nothing asked", "nothing asked"],
])("words of %j", (query, text, shown) => {
  expect(show(markWords(text, query))).toBe(shown);
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

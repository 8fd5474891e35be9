import { expect, test } from "vitest";
import { find, looksLikeQuestion } from "#app/palette/palette-search.ts";

const items = [
  { label: "Ontario zonal price", keywords: ["lmp", "market"] },
  { label: "Price", keywords: [] },
  { label: "Hydro-Québec", keywords: ["source"] },
  { label: "Hour ending", keywords: ["time", "HE 17 is the hour"] },
];
const labels = (query: string) => find(items, query).map(({ label }) => label);

test("a name that is the query comes first", () => {
  expect(labels("price")).toEqual(["Price", "Ontario zonal price"]);
});

test("every word has to be found, in any order, from its beginning", () => {
  expect(labels("price ont")).toEqual(["Ontario zonal price"]);
  expect(labels("rice")).toEqual([]);
});

test("keywords and words without their accents find it too", () => {
  expect(labels("lmp")).toEqual(["Ontario zonal price"]);
  expect(labels("quebec")).toEqual(["Hydro-Québec"]);
  expect(labels("he 17")).toEqual(["Hour ending"]);
});

test("an empty query finds everything", () => {
  expect(labels(" ")).toHaveLength(4);
});

test.each([
  ["why is the price negative", true],
  ["price?", true],
  ["hour ending", false],
  ["", false],
])("%j reads like a question: %s", (query, question) => {
  expect(looksLikeQuestion(query)).toBe(question);
});

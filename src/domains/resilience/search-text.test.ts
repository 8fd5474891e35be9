import { expect, test } from "vitest";
import { foldText, wordsOf } from "./search-text.ts";

test("accents, case and marks don't matter", () => {
  expect(foldText("Hydro-Québec, 13 March 1989 (storm)")).toBe("hydro quebec 13 march 1989 storm");
});

test("signs alone are no words, and neither are a pattern's", () => {
  expect(wordsOf("%_ -- ''")).toEqual([]);
  expect(wordsOf("  Ice   STORM ")).toEqual(["ice", "storm"]);
});

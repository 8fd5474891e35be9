import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyse, countTerms } from "./analyse.ts";

const terms = (text: string, language: "english" | "french" | "other" = "english") => analyse(text, language).map(({ term }) => term);

describe("analyse", () => {
  test.each([
    ["english", "Running generators generate electricity hourly", ["run", "generat", "generat", "electr", "hour"]],
    ["english", "What are the prices of the IESO?", ["price", "ieso"]],
    ["english", "Ontario's CO₂ and 1,000.5 MW", ["ontario", "co2", "1000.5", "mw"]],
    ["french", "Les réserves d'électricité du Québec", ["reserv", "electricit", "quebec"]],
    ["other", "Die Preise im Großhandel", ["die", "preise", "im", "großhandel"]],
    ["english", "電力需要 forecast", ["電力", "力需", "需要", "forecast"]],
  ] as const)("brings %s words to their terms: %s", (language, text, expected) => {
    expect(terms(text, language)).toEqual(expected);
  });

  test("reads the same with and without accents", () => {
    expect(terms("électricité prévue à Montréal", "french")).toEqual(terms("electricite prevue a Montreal", "french"));
  });

  test("says where each word stands", () => {
    const text = "Prices fell, then prices rose.";
    expect(analyse(text, "english").filter(({ term }) => term === "price").map(({ start, end }) => text.slice(start, end))).toEqual(["Prices", "prices"]);
  });

  test("finds every word at its place and in order, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), fc.constantFrom("english", "french", "other"), (text, language) => {
        let last = -1;
        for (const { term, start, end } of analyse(text, language)) {
          expect(term).not.toBe("");
          expect(start).toBeGreaterThan(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = start;
        }
      }),
    );
  });

  test("cuts a long word between characters", () => {
    expect(terms(`a${"𐐀".repeat(40)}`).every((term) => term.isWellFormed())).toBe(true);
  });

  test("takes a run of any length", () => {
    expect(terms("電".repeat(300_000))).toHaveLength(299_999);
  });

  test("counts words over several texts", () => {
    const { counts, length } = countTerms(["Price of a price", "the price"], "english");
    expect([...counts]).toEqual([["price", 3]]);
    expect(length).toBe(3);
  });
});

import { describe, expect, test } from "vitest";
import { buildPlainIndex, plainTerms } from "./plain-bm25.ts";

const document = (id: string, text: string, title = "") => ({ id, title, text });

test("words are lower-case stems without stop words", () => {
  expect(plainTerms("The Batteries of 4 hours, and l'Énergie")).toEqual(["batteri", "4", "hour", "l", "énergie"]);
});

describe("a plain index", () => {
  test("ranks by rarity, frequency and length", async () => {
    const index = await buildPlainIndex([
      [document("long", `coal wind ${"filler ".repeat(50)}`), document("twice", "coal coal gas")],
      [document("rare", "wind gas"), document("other", "gas gas")],
    ]);
    expect(index.size).toBe(4);
    expect(index.search("coal", 10)).toEqual(["twice", "long"]);
    expect(index.search("gas wind", 1)).toEqual(["rare"]);
    expect(index.search("uranium", 10)).toEqual([]);
  });

  test("scores as the formula says", async () => {
    // Two documents of three and one words; "b" stands in both, once and once.
    const index = await buildPlainIndex([[document("x", "b c d"), document("y", "b")]]);
    expect(index.search("b", 2)).toEqual(["y", "x"]);
  });

  test("finds words of the title, and forms of a word", async () => {
    const index = await buildPlainIndex([[document("a", "Nothing here.", "Curtailment of wind"), document("b", "Wind")]]);
    expect(index.search("curtailments", 10)).toEqual(["a"]);
  });

  test("takes a document without a word", async () => {
    const index = await buildPlainIndex([[document("empty", ""), document("b", "coal")]]);
    expect(index.search("coal", 10)).toEqual(["b"]);
  });

  test("an empty one finds nothing", async () => {
    expect((await buildPlainIndex([])).search("coal", 10)).toEqual([]);
  });
});

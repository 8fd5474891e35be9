import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CitationFilter } from "./citation-filter.ts";

function filter(passages: number, pieces: string[]) {
  const citations = new CitationFilter(passages);
  const text = pieces.map((piece) => citations.push(piece)).join("") + citations.end();
  return { text, cited: citations.cited };
}

describe("CitationFilter", () => {
  test("keeps what names a passage and drops what doesn't", () => {
    expect(filter(2, ["A [1], b [3], c [2]."])).toEqual({ text: "A [1], b, c [2].", cited: [1, 2] });
  });

  test("writes a list as single citations", () => {
    expect(filter(3, ["A [1, 2, 9]."]).text).toBe("A [1][2].");
  });

  test("leaves brackets that are none alone", () => {
    const text = "A [see note] and [x1] [-1] [1234] [ ].";
    expect(filter(2, [text])).toEqual({ text, cited: [] });
  });

  test("takes time in proportion to the text, whatever it holds", () => {
    const hostile = [" ".repeat(200_000), "[".repeat(200_000), "[1,".repeat(70_000), "[1 ".repeat(70_000), " [".repeat(100_000)];
    for (const text of hostile) expect(filter(2, [text, "x"]).text).toBe(`${text}x`);
  });

  test("shows a bracket that never closes", () => {
    expect(filter(2, ["open [1"]).text).toBe("open [1");
  });

  test("gives the same text however the stream is cut", () => {
    const texts = fc.array(fc.constantFrom("word", " ", "[1]", "[2, 3]", "[", "]", "1", ",", "[99]", "\n", "[a]", "é😀"), { maxLength: 30 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, fc.array(fc.nat(), { maxLength: 12 }), (text, cuts) => {
        const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((end, i) => text.slice(places[i], end));
        expect(filter(3, pieces)).toEqual(filter(3, [text]));
      }),
    );
  });
});

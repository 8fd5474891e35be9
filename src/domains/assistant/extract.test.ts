import { describe, expect, test } from "vitest";
import type { Passage } from "#domains/knowledge/index.ts";
import { candidates, chooseSentences } from "./extract.ts";
import { sentencesOf } from "./sentences.ts";

const passage = (content: string): Passage => ({
  chunkId: 1, source: "help", sourceId: "x", title: "X", url: "/help/x", heading: null, content, updatedAt: new Date(0), score: 1, coverage: 1,
});
/** Stems as crude as a test needs: lower-case words. */
const words = (text: string) => text.toLowerCase().match(/[a-z]+/g) ?? [];
const choose = (contents: string[], question: string) => {
  const all = candidates(contents.map(passage));
  return chooseSentences(all, all.map(({ text }) => words(text)), words(question)).map(({ text }) => text);
};

describe("sentencesOf", () => {
  test("takes sentences, list items and table rows as they stand", () => {
    expect(sentencesOf("One is first. Two, e.g. this, is second.\n\n- An item\n- Another\n\na | b")).toEqual([
      "One is first.", "Two, e.g. this, is second.", "An item", "Another", "a | b",
    ]);
  });

  test("drops what holds no word", () => {
    expect(sentencesOf("12 345\n---\nA word.")).toEqual(["A word."]);
  });

  test("keeps every sentence a substring of the passage", () => {
    const content = "Prices rose (see No. 4). They fell at 5 p.m. again!  Why?\n- Since demand fell.";
    for (const sentence of sentencesOf(content)) expect(content).toContain(sentence);
  });
});

describe("chooseSentences", () => {
  test("prefers rare words of the question to common ones", () => {
    const chosen = choose(["The grid is large. The grid is old. The grid has a curtailment rule that limits wind farms at night."], "grid curtailment");
    expect(chosen[0]).toContain("curtailment");
  });

  test("lets a passage's rank weigh in", () => {
    const [first, second] = ["Ramp is a change of output, which a system operator has to follow minute by minute, day and night.", "Ramp is a slope for cars, trucks and people with luggage, and for nothing else in the world of grids."];
    expect(choose([first ?? "", second ?? ""], "ramp")[0]).toBe(first);
  });

  test("adds the next sentence to a short answer", () => {
    expect(choose(["The difference is exports. Market demand counts them. Nothing else does."], "difference exports")).toEqual([
      "The difference is exports.", "Market demand counts them.",
    ]);
  });

  test("quotes a sentence once, in reading order", () => {
    const chosen = choose(["Alpha beta gamma delta. Gamma epsilon zeta.", "Alpha beta gamma delta."], "gamma zeta alpha");
    expect(chosen.filter((text) => text === "Alpha beta gamma delta.")).toHaveLength(1);
    expect(chosen.indexOf("Alpha beta gamma delta.")).toBeLessThan(chosen.indexOf("Gamma epsilon zeta."));
  });

  test("chooses nothing when no sentence holds a word of the question", () => {
    expect(choose(["Nothing to see here."], "curtailment")).toEqual([]);
    expect(choose([], "curtailment")).toEqual([]);
  });
});

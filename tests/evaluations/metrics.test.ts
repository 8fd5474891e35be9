import { describe, expect, test } from "vitest";
import { countAbstentions, distinct, measureRankings, ndcgAt, quotePrecision, recallAt, reciprocalRankAt, share } from "./metrics.ts";

const grades = (judged: Record<string, number>) => new Map(Object.entries(judged));

describe("nDCG as trec_eval's ndcg_cut", () => {
  test("takes the grade as gain and log2(rank + 1) as discount", () => {
    const judged = { ranking: ["b", "x", "a"], grades: grades({ a: 2, b: 1, c: 1 }) };
    const found = 1 / Math.log2(2) + 2 / Math.log2(4);
    const ideal = 2 / Math.log2(2) + 1 / Math.log2(3) + 1 / Math.log2(4);
    expect(ndcgAt(10, judged)).toBeCloseTo(found / ideal, 12);
    expect(ndcgAt(10, judged)).toBeCloseTo(0.6388, 4);
  });

  test("cuts the ideal at k too", () => {
    expect(ndcgAt(1, { ranking: ["a"], grades: grades({ a: 1, b: 1, c: 1 }) })).toBe(1);
    expect(ndcgAt(2, { ranking: ["x", "a"], grades: grades({ a: 1 }) })).toBeCloseTo(1 / Math.log2(3), 12);
    expect(ndcgAt(1, { ranking: ["x", "a"], grades: grades({ a: 1 }) })).toBe(0);
  });

  test("neither counts a document twice nor lets it take two places", () => {
    const judged = { ranking: ["a", "a", "b"], grades: grades({ a: 1, b: 1 }) };
    expect(ndcgAt(2, judged)).toBe(1);
    expect(recallAt(2, judged)).toBe(1);
  });

  test("takes what was judged irrelevant, below zero included, as nothing", () => {
    expect(ndcgAt(10, { ranking: ["bad", "a"], grades: grades({ a: 1, bad: -1, none: 0 }) })).toBeCloseTo(1 / Math.log2(3), 12);
    expect(ndcgAt(10, { ranking: ["none"], grades: grades({ none: 0 }) })).toBe(0);
  });
});

test("recall is over all relevant documents, however many fit", () => {
  const judged = { ranking: ["a", "x", "b", "y"], grades: grades({ a: 1, b: 2, c: 1, d: 0 }) };
  expect(recallAt(1, judged)).toBeCloseTo(1 / 3, 12);
  expect(recallAt(10, judged)).toBeCloseTo(2 / 3, 12);
  expect(recallAt(10, { ranking: ["d"], grades: grades({ d: 0 }) })).toBe(0);
});

test("the reciprocal rank is of the first relevant document within k", () => {
  const judged = { ranking: ["x", "x", "y", "a", "b"], grades: grades({ a: 1, b: 2 }) };
  expect(reciprocalRankAt(10, judged)).toBeCloseTo(1 / 3, 12);
  expect(reciprocalRankAt(2, judged)).toBe(0);
});

describe("means", () => {
  const cut = { ndcg: 10, recall: 5, mrr: 10 };

  test("are over the questions that have something to find", () => {
    const all = [
      { ranking: ["a"], grades: grades({ a: 1 }) },
      { ranking: [], grades: grades({ a: 1 }) },
      { ranking: ["a"], grades: grades({}) },
      { ranking: ["a"], grades: grades({ a: 0 }) },
    ];
    expect(measureRankings(all, cut)).toEqual({ ndcg: 0.5, recall: 0.5, mrr: 0.5, queries: 2 });
  });

  test("are none where nothing is to be found", () => {
    expect(measureRankings([{ ranking: ["a"], grades: grades({}) }], cut)).toBeNull();
    expect(measureRankings([], cut)).toBeNull();
  });
});

test("abstentions are counted apart for what can and what can't be answered", () => {
  const all = [
    { answerable: true, refused: false },
    { answerable: true, refused: true },
    { answerable: false, refused: true },
    { answerable: false, refused: true },
    { answerable: false, refused: false },
  ];
  expect(countAbstentions(all)).toEqual({ unanswerable: 3, rightlyRefused: 2, answerable: 2, wronglyRefused: 1 });
});

test("a quote is right when one of its sources holds it word for word", () => {
  const sources = ["An hour is named by its end.", "HE 17 ends at 17:00."];
  const quotes = ["HE 17 ends", "he 17 ends", "its end. HE 17", ""].map((quote) => ({ quote, sources }));
  expect(quotePrecision(quotes)).toBe(0.25);
  expect(quotePrecision([])).toBeNull();
});

test("a share of nothing is none", () => {
  expect(share(1, 4)).toBe(0.25);
  expect(share(0, 0)).toBeNull();
});

test("a document found twice stands where it was found first", () => {
  expect(distinct(["b", "a", "b"])).toEqual(["b", "a"]);
});

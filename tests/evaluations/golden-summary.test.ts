import { describe, expect, test } from "vitest";
import { missesOf, summarise, summariseByKind, type GoldenOutcome } from "./golden-summary.ts";
import type { GoldenQuestion } from "./golden.ts";

function outcome(question: Partial<GoldenQuestion>, over: Partial<GoldenOutcome> = {}): GoldenOutcome {
  return {
    question: { id: "t-1", kind: "plain", language: "en", question: "What?", relevant: { hoep: 2 }, answer: ["by its end"], ...question },
    ranking: ["hoep"],
    refused: false,
    answer: "An hour is named by\nits end. [1]",
    quotes: [{ quote: "by its end", sources: ["An hour is named by its end."] }],
    ...over,
  };
}
const unanswerable: Partial<GoldenQuestion> = { kind: "unanswerable", relevant: {}, answer: [] };
const refusal = { refused: true, answer: null, quotes: [] };

describe("a summary", () => {
  test("counts rankings, refusals and answers apart", () => {
    const summary = summarise([
      outcome({}),
      outcome({ relevant: { hoep: 1, ramp: 2 } }, { ranking: ["ask", "hoep", "a", "b", "c", "ramp"], answer: "Something else. [1]" }),
      outcome({}, refusal),
      outcome({ kind: "french", language: "fr", answer: [] }, { answer: "Autre chose. [1]" }),
      outcome(unanswerable, refusal),
      outcome(unanswerable, { quotes: [{ quote: "made up", sources: ["An hour is named by its end."] }] }),
    ]);
    expect(summary).toMatchObject({ questions: 6, abstentionRight: 0.5, wrongRefusals: 0.25, quotePrecision: 3 / 4 });
    expect(summary["recall@5"]).toBeCloseTo((1 + 0.5 + 1 + 1) / 4, 12);
    expect(summary["mrr@10"]).toBeCloseTo((1 + 0.5 + 1 + 1) / 4, 12);
    expect(summary.answerHit).toBeCloseTo(1 / 3, 12);
  });

  test("has nothing to say where there is nothing to count", () => {
    expect(summarise([])).toEqual({
      questions: 0, "recall@5": null, "ndcg@10": null, "mrr@10": null, abstentionRight: null, wrongRefusals: null, quotePrecision: null, answerHit: null,
    });
    expect(summarise([outcome(unanswerable, refusal)])).toMatchObject({ "ndcg@10": null, wrongRefusals: null, abstentionRight: 1, answerHit: null });
  });

  test("is also made a kind", () => {
    const byKind = summariseByKind([outcome({}), outcome({ kind: "typo" }), outcome({ kind: "typo" }), outcome(unanswerable)]);
    expect(Object.keys(byKind)).toEqual(["plain", "typo", "unanswerable"]);
    expect(byKind.typo?.questions).toBe(2);
    expect(byKind.unanswerable?.abstentionRight).toBe(0);
  });
});

test("misses say why", () => {
  const misses = missesOf([
    outcome({ id: "right" }),
    outcome({ id: "refused" }, refusal),
    outcome({ id: "late", relevant: { hoep: 2, ramp: 1 } }, { ranking: ["ask", "hoep", "a", "b"] }),
    outcome({ id: "other" }, { answer: "Something else." }),
    outcome({ id: "forged" }, { quotes: [{ quote: "made up", sources: [] }] }),
    outcome({ id: "asked", ...unanswerable }),
    outcome({ id: "left", ...unanswerable }, refusal),
  ]);
  expect(misses.map(({ id, reasons }) => [id, ...reasons])).toEqual([
    ["refused", "refused"],
    ["late", "recall@5 0.50"],
    ["other", "the quotes don't hold the answer"],
    ["forged", "a quote isn't in its source"],
    ["asked", "answered, though unanswerable"],
  ]);
  expect(misses[1]).toMatchObject({ expected: { hoep: 2, ramp: 1 }, got: ["ask", "hoep", "a"], refused: false, kind: "plain" });
});

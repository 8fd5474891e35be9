import { expect, test } from "vitest";
import { summariseAnswers, type AnswerOutcome } from "./answers-summary.ts";
import type { GoldenQuestion } from "./golden.ts";

const question = (relevant: Record<string, number>): GoldenQuestion => ({
  id: "t-1", kind: Object.keys(relevant).length === 0 ? "unanswerable" : "plain", language: "en", question: "What?", relevant, answer: [],
});
const tokens = { input: 100, output: 10 };
const answered = (relevant: Record<string, number>, cited: string[], partial = false): AnswerOutcome => ({
  kind: "answered", question: question(relevant), cited, partial, tokens,
});

test("answers are summed up", () => {
  const summary = summariseAnswers([
    answered({ hoep: 2, ramp: 1 }, ["hoep", "ramp"]),
    answered({ hoep: 2, intertie: 2, ramp: 1 }, ["hoep", "ask"], true),
    answered({}, ["hoep"]),
    { kind: "abstained", question: question({ hoep: 2 }), tokens: null },
    { kind: "abstained", question: question({}), tokens },
    { kind: "failed", question: question({ hoep: 2 }), reason: "away" },
    { kind: "failed", question: question({}), reason: "away" },
  ]);
  expect(summary).toEqual({
    questions: 7, answered: 3, partial: 1, failed: 2,
    citationPrecision: 3 / 5, citationRecall: 2 / 3, abstentionRight: 1 / 2, abstentionWrong: 1 / 3,
    inputTokens: 400, outputTokens: 40,
  });
});

test("nothing is summed up as nothing", () => {
  expect(summariseAnswers([])).toMatchObject({ questions: 0, citationPrecision: null, citationRecall: null, abstentionRight: null, abstentionWrong: null });
});

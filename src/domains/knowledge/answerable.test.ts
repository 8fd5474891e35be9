import { describe, expect, test } from "vitest";
import { calibrateOn, defaultAnswerFrom, isAnswerable, type LabelledScore } from "./answerable.ts";
import type { Passage } from "./schema.ts";

const passage = (match: number, similarity: number | null = null): Passage => ({
  id: "1:1", source: "help", sourceId: "a", title: "A", language: "english", url: "/help/a", heading: null, content: "A.",
  updatedAt: new Date(0), rank: 1, score: 1, match, similarity,
});
const scores = (answerable: number[], unanswerable: number[]): LabelledScore[] => [
  ...answerable.map((match) => ({ answerable: true, match, similarity: null })),
  ...unanswerable.map((match) => ({ answerable: false, match, similarity: null })),
];

describe("isAnswerable", () => {
  test("asks one passage for enough of the question's score", () => {
    expect(isAnswerable([], () => defaultAnswerFrom)).toBe(false);
    expect(isAnswerable([passage(0.1), passage(0.2)], () => defaultAnswerFrom)).toBe(false);
    expect(isAnswerable([passage(0.1), passage(0.3)], () => defaultAnswerFrom)).toBe(true);
  });

  test("takes nearness of meaning where the corpus says from where on", () => {
    expect(isAnswerable([passage(0, 0.9)], () => ({ match: 0.3, similarity: null }))).toBe(false);
    expect(isAnswerable([passage(0, 0.9)], () => ({ match: 0.3, similarity: 0.8 }))).toBe(true);
    expect(isAnswerable([passage(0, 0.7)], () => ({ match: 0.3, similarity: 0.8 }))).toBe(false);
  });
});

describe("calibrateOn", () => {
  test("parts the two kinds in the middle of the gap between them", () => {
    expect(calibrateOn(scores([0.4, 0.6], [0.1, 0.2]), 0)).toMatchObject({ match: expect.closeTo(0.3, 5), refusedRightly: 1, refusedWrongly: 0 });
  });

  test("refuses no more answerable questions than allowed", () => {
    const mixed = scores([0.1, 0.4, 0.5, 0.6], [0.05, 0.2, 0.45]);
    expect(calibrateOn(mixed, 0)).toMatchObject({ match: expect.closeTo(0.075, 5), refusedWrongly: 0 });
    expect(calibrateOn(mixed, 0.25)).toMatchObject({ match: expect.closeTo(0.3, 5), refusedWrongly: 0.25 });
  });

  test("lets meaning alone answer from beyond what any unanswerable question reaches", () => {
    const calibrated = calibrateOn([
      { answerable: true, match: 0.05, similarity: 0.9 }, { answerable: true, match: 0.5, similarity: 0.5 }, { answerable: false, match: 0.1, similarity: 0.6 },
    ], 0);
    expect(calibrated).toMatchObject({ match: expect.closeTo(0.3, 5), similarity: expect.closeTo(0.62, 5), refusedRightly: 1, refusedWrongly: 0 });
  });

  test("asks for questions of both kinds", () => {
    expect(() => calibrateOn(scores([0.4], []), 0)).toThrow("both");
  });
});

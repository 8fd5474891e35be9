import { describe, expect, test } from "vitest";
import { analyseQuestion, normaliseQuestion } from "./question.ts";

const searched = (question: string) => analyseQuestion(question).slots.map(({ terms }) => terms);

describe("analyseQuestion", () => {
  test("searches what a question is about, not how it asks", () => {
    expect(searched("What does curtailment mean, exactly?")).toEqual([["curtail"]]);
    expect(searched("Que signifie le délestage ?")).toEqual([["delestag"]]);
  });

  test("searches asking words when there are no others", () => {
    expect(searched("explain this meaning")).toEqual([["explain"], ["mean"]]);
  });

  test("counts everyday words for less, and repeated ones for more", () => {
    const weights = new Map(analyseQuestion("How do people find the price, the price of power?").slots.map(({ terms, weight }) => [terms[0], weight]));
    expect(weights.get("peopl")).toBeLessThan(weights.get("power") ?? 0);
    expect(weights.get("price")).toBe(2);
  });

  test("searches a question that speaks for no language in both", () => {
    expect(analyseQuestion("generation forecast")).toMatchObject({ detected: null, slots: [{ terms: ["generat", "gener"] }, { terms: ["forecast"] }] });
  });

  test.each(["", "?", "the of and", "😀", "   "])("searches nothing for %j", (question) => {
    expect(searched(question)).toEqual([]);
  });

  test("searches no more than 48 words of a very long question", () => {
    const question = Array.from({ length: 400 }, (_, index) => `word${index}`).join(" ");
    expect(searched(question)).toHaveLength(48);
  });
});

test.each([
  ["What is ramp?", "  what IS\n ramp ?! "],
  ["Ｗhat is ramp", "What is ramp…"],
])("%j and %j are the same question", (one, other) => {
  expect(normaliseQuestion(one)).toBe(normaliseQuestion(other));
});

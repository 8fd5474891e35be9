import { describe, expect, test } from "vitest";
import type { Passage } from "#domains/knowledge/index.ts";
import { claimsOf, supportingQuotes, withoutFalseQuotations } from "./claims.ts";

const passage: Passage = {
  id: "1:1", source: "help", sourceId: "x", title: "X", language: "english", url: "/help/x", heading: null, updatedAt: new Date(0), rank: 1, score: 1, match: 1, similarity: null,
  content: "The pool price is settled each hour. Wind output varies.\n- Exports count as demand.\n- It's \"load\" in Alberta.",
};

describe("claimsOf", () => {
  test.each([
    ["before the full stop", "It is hourly [1]. It is high [2].", 1, ["It is hourly"]],
    ["after the full stop", "It is hourly. [1] It is high. [2]", 2, ["It is high."]],
    ["of two passages", "It is hourly [1][2].", 2, ["It is hourly"]],
    ["of each paragraph", "One [1].\n\nTwo [1]", 1, ["One", "Two"]],
    ["of none", "One [1].", 2, []],
    ["with nothing before it", "[1] One", 1, []],
  ])("reads a citation %s", (_, answer, n, claims) => {
    expect(claimsOf(answer, n)).toEqual(claims);
  });
});

describe("supportingQuotes", () => {
  test("chooses the sentence that shares most words, whatever their form", () => {
    expect(supportingQuotes(passage, ["Exporting counts as a demand"])).toEqual(["Exports count as demand."]);
  });

  test("answers in reading order, each sentence once", () => {
    expect(supportingQuotes(passage, ["Exports are demand", "The pool price settles hourly", "Pool prices settle"])).toEqual([
      "The pool price is settled each hour.", "Exports count as demand.",
    ]);
  });

  test.each([[["Nuclear reactors run all night without a pause"]], [["The hour has sixty minutes and a clock at noon shows twelve bells"]], [[]]])(
    "chooses none when nothing overlaps enough: %j",
    (claims) => {
      expect(supportingQuotes(passage, claims)).toEqual([]);
    },
  );
});

describe("withoutFalseQuotations", () => {
  const texts = [passage.content];
  test.each([
    ["keeps what stands in a text", 'It says "the pool price is settled each hour." [1]', 'It says "the pool price is settled each hour." [1]'],
    ["keeps what stands there in other quotation marks", "« The pool price is settled each hour »", "« The pool price is settled each hour »"],
    ["keeps a few words", 'The "secret price" [1]', 'The "secret price" [1]'],
    ["frees what stands nowhere", 'It says "the pool price is settled each day" [1].', "It says the pool price is settled each day [1]."],
    ["frees it of curly marks", "“Prices will double next year, says IESO” [1]", "Prices will double next year, says IESO [1]"],
    ["frees it of French ones", "« Le prix va doubler demain » [1]", "Le prix va doubler demain [1]"],
    ["leaves a mark alone that is alone", 'A 5" pipe [1]', 'A 5" pipe [1]'],
  ])("%s", (_, answer, expected) => {
    expect(withoutFalseQuotations(answer, texts)).toBe(expected);
  });
});

import { describe, expect, test } from "vitest";
import type { Passage, Retrieval } from "#domains/knowledge/index.ts";
import { analyse } from "#domains/knowledge/server.ts";
import { quote } from "./answers.ts";
import { chooseSentences } from "./extract.ts";

function passage(content: string, over: Partial<Passage> = {}): Passage {
  return {
    id: content, source: "help", sourceId: "x", title: "Untitled", language: "english", url: "/help/x", heading: "Section", content,
    updatedAt: new Date(0), rank: 1, score: 1, match: 1, similarity: null, ...over,
  };
}

/** A retrieval that found these passages; each word of the question is worth 1 unless `worth` says otherwise. */
function retrieval(passages: Passage[], question: string, worth: Record<string, number> = {}): Retrieval {
  const words = analyse(question, "english").map(({ term }) => term);
  return {
    question, language: "english", passages, answerable: true,
    terms: [...new Set(words)].map((term) => ({ terms: [term], worth: worth[term] ?? 1, known: true })),
  };
}

const choose = (contents: string[], question: string, worth?: Record<string, number>) =>
  chooseSentences(retrieval(contents.map((content) => passage(content)), question, worth)).map(({ text }) => text);

describe("chooseSentences", () => {
  test("prefers words that are worth more to common ones", () => {
    const chosen = choose(["The grid is large. Curtailment limits wind farms. The grid is old."], "grid curtailment", { curtail: 6 });
    expect(chosen).toContain("Curtailment limits wind farms.");
    expect(chosen).not.toContain("The grid is large.");
  });

  test("lets a passage's rank weigh in", () => {
    const texts = ["Ramp is a change of output, which a system operator has to follow.", "Ramp is a slope for cars and for people with some luggage at hand."];
    expect(choose(texts, "ramp")[0]).toBe(texts[0]);
    expect(choose(texts.toReversed(), "ramp")[0]).toBe(texts[1]);
  });

  test("quotes a sentence once, in reading order", () => {
    const chosen = choose(["Alpha beta gamma delta. Gamma epsilon zeta.", "Alpha beta gamma delta."], "gamma zeta alpha");
    expect(chosen).toEqual(["Alpha beta gamma delta.", "Gamma epsilon zeta."]);
  });

  test("leaves out a sentence that only repeats a chosen one", () => {
    const chosen = choose(["The pool price is the hourly price in Alberta. The price is hourly. Exports lower the pool price."], "pool price");
    expect(chosen).toEqual(["The pool price is the hourly price in Alberta.", "Exports lower the pool price."]);
  });

  test("quotes four sentences at most", () => {
    expect(choose(["Ramp one. Ramp two cats. Ramp three dogs. Ramp four birds. Ramp five fish. Ramp six cows."], "ramp")).toHaveLength(4);
  });

  test("counts what the title and the heading say", () => {
    const passages = [
      passage("Storage can wait. It is measured in hours.", { title: "Lunch" }),
      passage("It is measured in litres per minute.", { title: "Storage", heading: "Duration" }),
    ];
    expect(chooseSentences(retrieval(passages, "storage duration measured"))[0]?.text).toBe("It is measured in litres per minute.");
  });

  test("counts what the sentence before says", () => {
    const chosen = choose(["The boiler differs. Cats sleep at night. The turbine differs. Many valves steer the flow."], "turbine valves", { turbin: 3, valv: 3 });
    expect(chosen[0]).toBe("The turbine differs.");
    expect(chosen[1]).toBe("Many valves steer the flow.");
  });

  test.each([
    ["a number", "How long are answers kept?", "Answers are kept for 90 days.", "Answers are kept with care."],
    ["a reason", "Why are answers kept?", "Answers are kept because they help.", "Answers are kept, and they help."],
    ["a reason, in French", "Pourquoi garder answers kept?", "Answers kept car answers help.", "Answers kept et answers help."],
  ])("prefers what holds %s when the question asks for it", (_, question, fitting, other) => {
    expect(choose([other, fitting], question)[0]).toBe(fitting);
    expect(choose([other, fitting], question.replace(/^(How long|Why|Pourquoi)/, "That"))[0]).toBe(other);
  });

  test("begins with the opening of the document whose title is all that is asked for", () => {
    const opening = passage("It is what a grid does. The flyback grows with each flyback of the flyback.", { title: "Flyback", heading: null });
    expect(chooseSentences(retrieval([opening], "What is a flyback?"))[0]?.text).toBe("It is what a grid does.");
  });

  test("chooses nothing when no sentence speaks of the question", () => {
    expect(choose(["Nothing to see here."], "curtailment")).toEqual([]);
    expect(choose([], "curtailment")).toEqual([]);
    expect(choose(["Anything at all."], "what is the")).toEqual([]);
  });

  test("prefers sentences in the question's language", () => {
    const passages = [passage("Ramp durant une heure.", { language: "french" }), passage("Ramp during an hour.")];
    expect(chooseSentences(retrieval(passages, "ramp"))[0]?.text).toBe("Ramp during an hour.");
  });

  test("knows a word in each of its spellings, and the language of the passage", () => {
    const passages = [passage("Les prix négatifs durent une heure.", { language: "french" })];
    const found: Retrieval = { ...retrieval(passages, "x"), terms: [{ terms: ["negativ", "negat"], worth: 1, known: true }] };
    expect(chooseSentences(found)).toHaveLength(1);
  });
});

describe("quote", () => {
  test("quotes verbatim: each quote is a substring of its passage, and the answer is made of nothing else", () => {
    const contents = ["Prices rose (see No. 4). They fell at 5 p.m. again!  Why?\n- Since demand fell.", "a | b\nprices | fell"];
    const { answer, citations } = quote(retrieval(contents.map((content) => passage(content)), "Why prices fell"));
    expect(citations.length).toBeGreaterThan(0);
    let rest = answer;
    for (const { n, snippet, quotes } of citations) {
      expect(quotes).not.toEqual([]);
      for (const text of quotes) {
        expect(snippet).toContain(text);
        rest = rest.replace(text, "");
      }
      rest = rest.replace(`[${n}]`, "");
    }
    expect(rest.trim()).toBe("");
  });

  test("abstains when there is nothing to quote, and offers the nearest pages", () => {
    const passages = [1, 2, 3, 4, 4].map((n) => passage("12 345", { title: `Page ${n}`, url: `/help/${n}#part` }));
    expect(quote(retrieval(passages, "curtailment"))).toMatchObject({
      mode: "abstained", citations: [],
      nearest: [{ title: "Page 1", url: "/help/1" }, { title: "Page 2", url: "/help/2" }, { title: "Page 3", url: "/help/3" }],
    });
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { answerBlocks, keptText, settledText, spokenText } from "#domains/assistant/components/answer-blocks.ts";

test("blank lines part paragraphs, single line ends don't", () => {
  expect(answerBlocks("One\ntwo.\n \nThree.")).toEqual([
    { kind: "paragraph", parts: ["One", " ", "two."] },
    { kind: "paragraph", parts: ["Three."] },
  ]);
});

test("a citation stays with the word before it", () => {
  expect(answerBlocks("It is named by its end.[1] IESO keeps one clock. [2][3]")).toEqual([
    {
      kind: "paragraph",
      parts: [
        "It is named by its ",
        { word: "end.", citations: [1] },
        " IESO keeps one ",
        { word: "clock.", citations: [2, 3] },
      ],
    },
  ]);
});

test("lines with a dash are a list, also right after a sentence", () => {
  expect(answerBlocks("Two kinds:\n- one [1]\n- two\n\nEnd.")).toEqual([
    { kind: "paragraph", parts: ["Two kinds:"] },
    { kind: "list", items: [[{ word: "one", citations: [1] }], ["two"]] },
    { kind: "paragraph", parts: ["End."] },
  ]);
});

test("brackets that hold no number are text", () => {
  expect(answerBlocks("a [x] b [] c [1234]")).toEqual([{ kind: "paragraph", parts: ["a [x] b [] c [1234]"] }]);
});

test("an empty answer has no blocks", () => {
  expect(answerBlocks(" \n\n ")).toEqual([]);
});

test("no word and no citation gets lost, whatever the text", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "b.", " ", "\n", "[1]", "[2]", "- ", "[", "]", "7")), (pieces) => {
      const text = pieces.join("");
      const lines = text.split("\n").map((line) => line.trim().replace(/^[-•]\s+/, ""));
      const shown = answerBlocks(text)
        .flatMap((block) => (block.kind === "list" ? block.items : [block.parts]))
        .map((parts) => parts.map((part) => (typeof part === "string" ? part : part.word + part.citations.map((n) => `[${n}]`).join(""))).join(""))
        .join("");
      expect(shown.replace(/\s/g, "")).toBe(lines.join("").replace(/\s/g, ""));
    }),
  );
});

test.each([
  ["Wind supplied 8.", "Wind supplied "],
  ["Wind supplied ", "Wind "],
  ["Wind", ""],
  ["at the end. [1", "at the "],
  ["at the end. [1] [", "at the "],
  ["at the end.[1] Next", "at the end.[1] "],
])("of %j, %j is settled", (text, settled) => {
  expect(settledText(text)).toBe(settled);
});

test("what is settled only grows", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "bc", " ", "\n\n", "[1]", "[", "12", "]", ".")), (pieces) => {
      let text = "";
      let before = "";
      for (const piece of pieces) {
        text += piece;
        const now = settledText(text);
        expect(now.startsWith(before)).toBe(true);
        before = now;
      }
    }),
  );
});

test.each([
  ["It ends. Mark", "It ends. "],
  ["It ends.", "It ends."],
  ["It ends. [1]", "It ends. [1]"],
  ["Ontar", ""],
])("of %j, broken off, %j is kept", (text, kept) => {
  expect(keptText(text)).toBe(kept);
});

test("citation marks are not read aloud", () => {
  expect(spokenText("It is the end. [1][2]\n\n- and this[3]")).toBe("It is the end. - and this");
});

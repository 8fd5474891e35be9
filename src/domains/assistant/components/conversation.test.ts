import { expect, test } from "vitest";
import type { Answer } from "#domains/assistant/schema.ts";
import { advance, deserialize, serialize, skeletonRestMs, type Turn, type TurnState } from "#domains/assistant/components/conversation.ts";

const answer = { id: "a", question: "Q", answer: "Whole answer." } as Answer;
const problem = { title: "Too many requests", status: 429, code: "RATE_LIMITED" };

test("a turn goes from searching through writing to its answer", () => {
  const states: TurnState[] = [{ phase: "searching" }];
  for (const event of [
    { event: "retrieval", data: { index: 0, passages: 6, searched: 412 } },
    { event: "token", data: { index: 0, text: "Whole " } },
    { event: "token", data: { index: 0, text: "answer." } },
    { event: "answer", data: { index: 0, answer } },
    { event: "done", data: { answers: 1, failures: 0, statements: 1 } },
  ] as const) {
    states.push(advance(states.at(-1) ?? { phase: "searching" }, event));
  }
  expect(states.slice(1)).toEqual([
    { phase: "writing", passages: 6, text: "" },
    { phase: "writing", passages: 6, text: "Whole " },
    { phase: "writing", passages: 6, text: "Whole answer." },
    { phase: "answered", answer },
    { phase: "answered", answer },
  ]);
});

test("stored turns come back as they were", () => {
  const turns: Turn[] = [
    { id: "1", question: "Q1", state: { phase: "answered", answer, helpful: true } },
    { id: "2", question: "Q2", state: { phase: "failed", text: "Half", problem } },
    { id: "3", question: "Q3", state: { phase: "stopped", text: "Ha" } },
  ];
  expect(deserialize(serialize(turns))).toEqual(turns);
});

test("what was running when the page went away is stopped, its text kept", () => {
  const stored = serialize([
    { id: "1", question: "Q1", state: { phase: "writing", passages: 3, text: "Half an" } },
    { id: "2", question: "Q2", state: { phase: "searching" } },
  ]);
  expect(deserialize(stored).map(({ state }) => state)).toEqual([
    { phase: "stopped", text: "Half an" },
    { phase: "stopped", text: "" },
  ]);
});

test.each([null, "", "{", "null", "[]", '{"version":0,"turns":[]}', '{"version":2,"turns":[{"id":1}]}'])(
  "nothing is read from %j",
  (stored) => {
    expect(deserialize(stored)).toEqual([]);
  },
);

test.each([
  [20, 0],
  [149, 0],
  [150, 300],
  [400, 50],
  [450, 0],
  [2_000, 0],
])("after %d ms, a skeleton rests for %d ms more", (elapsed, rest) => {
  expect(skeletonRestMs(elapsed)).toBe(rest);
});

import { expect, test } from "vitest";
import type { Answer, Citation } from "#domains/assistant/schema.ts";
import { copyText } from "#domains/assistant/components/copy-text.ts";
import { modeWords } from "#domains/assistant/components/mode-words.ts";

const citation: Citation = {
  n: 1,
  title: "Hour ending",
  url: "/help/hour-ending#how-hour-ending-works",
  heading: "How hour ending works",
  snippet: "Hour ending 17 is the hour from 16:00 to 17:00.",
  quotes: ["Hour ending 17 is the hour from 16:00 to 17:00."],
  score: 1,
  updatedAt: "2026-11-18T00:00:00Z",
};

const answer: Answer = {
  id: "0193a1b2-0000-7000-8000-000000000000",
  question: "What does hour ending 17 mean?",
  answer: "Hour ending 17 is the hour from 16:00 to 17:00.[1]",
  mode: "extractive",
  partial: false,
  citations: [citation],
  nearest: [],
  passagesSearched: 412,
  retrieval: { mode: "keyword", statements: 1 },
  model: null,
  usage: null,
  callId: null,
  traceId: "0af7651916cd43dd8448eb211c80319c",
  cached: false,
  durationMs: 204,
};

const nbsp = "\u00a0";
const thin = "\u202f";

test.each<[string, Partial<Answer>, string]>([
  ["quoted", {}, `Quoted from the sources, no model used · 0.2${nbsp}s`],
  [
    "written",
    { mode: "generated", model: "gpt-4.1-mini", usage: { inputTokens: 1_190, outputTokens: 44 }, durationMs: 1_240 },
    `Written by gpt-4.1-mini from 1 passage · 1.2${nbsp}s · 1${thin}234 tokens`,
  ],
  [
    "written, usage unknown",
    { mode: "generated", model: "local", usage: { inputTokens: null, outputTokens: null } },
    `Written by local from 1 passage · 0.2${nbsp}s`,
  ],
  ["not given", { mode: "abstained", citations: [] }, "No answer given · searched 412 passages"],
  [
    "found by words only, against its setting,",
    { retrieval: { mode: "degraded", statements: 1 } },
    `Quoted from the sources, no model used · 0.2${nbsp}s · searched by words only: the search by meaning is not available`,
  ],
  ["cached", { cached: true, durationMs: 3 }, `Quoted from the sources, no model used · 3${nbsp}ms · from the cache`],
])("an answer %s says so", (_name, changes, words) => {
  expect(modeWords({ ...answer, ...changes })).toBe(words);
});

test("the copied text carries its sources with whole addresses", () => {
  expect(copyText(answer, "https://tieline.example")).toBe(
    [
      "Hour ending 17 is the hour from 16:00 to 17:00.[1]",
      "",
      "Sources",
      "[1] Hour ending, How hour ending works https://tieline.example/help/hour-ending#how-hour-ending-works",
    ].join("\n"),
  );
});

test("without sources, the copied text is the answer alone", () => {
  expect(copyText({ ...answer, answer: "No answer.", citations: [] }, "https://tieline.example")).toBe("No answer.");
});

/** Answers and help entries as the API gives them, for tests of components. */
import type { Answer, Citation } from "#domains/assistant/index.ts";
import type { HelpSummary } from "#domains/help/index.ts";

export function makeCitation(n: number, over: Partial<Citation> = {}): Citation {
  return {
    n,
    title: "Hour ending",
    url: "/help/hour-ending#why",
    heading: "Why",
    snippet: "An hour is named by its end.\n- HE 17 ends at 17:00.",
    quotes: ["An hour is named by its end."],
    score: 1,
    updatedAt: "2026-03-02T12:00:00Z",
    ...over,
  };
}

export function makeAnswer(over: Partial<Answer> = {}): Answer {
  return {
    id: "0199f3a0-0000-7000-8000-0000000000aa",
    question: "What is hour ending?",
    answer: "An hour is named by its end. [1]",
    mode: "extractive",
    partial: false,
    citations: [makeCitation(1)],
    nearest: [],
    passagesSearched: 12,
    retrieval: { mode: "keyword", statements: 1 },
    model: null,
    usage: null,
    callId: null,
    traceId: "0199f3a0",
    cached: false,
    durationMs: 1_240,
    ...over,
  };
}

export function makeEntry(id: string, title: string, over: Partial<HelpSummary> = {}): HelpSummary {
  return { id, title, short: `${title} in short.`, topic: "Reading the data", tags: [], language: "en", updatedAt: "2026-03-02T12:00:00Z", ...over };
}

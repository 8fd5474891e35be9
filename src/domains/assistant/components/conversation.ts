import type { Problem } from "#lib/problem.ts";
import type { Answer, AskEvent } from "#domains/assistant/schema.ts";

export type TurnState =
  | { phase: "searching" }
  | { phase: "writing"; passages: number; text: string }
  | { phase: "answered"; answer: Answer; helpful?: boolean | undefined }
  | { phase: "stopped"; text: string }
  | { phase: "failed"; text: string; problem: Problem };

/** One question and what came of it. */
export interface Turn {
  id: string;
  question: string;
  state: TurnState;
}

export function isRunning({ state }: Turn): boolean {
  return state.phase === "searching" || state.phase === "writing";
}

/** What has been written of an answer that isn't whole. */
export function writtenText(state: TurnState): string {
  return "text" in state ? state.text : "";
}

export function advance(state: TurnState, { event, data }: AskEvent): TurnState {
  switch (event) {
    case "retrieval":
      return { phase: "writing", passages: data.passages, text: "" };
    case "token":
      return { phase: "writing", passages: state.phase === "writing" ? state.passages : 0, text: writtenText(state) + data.text };
    case "answer":
      return { phase: "answered", answer: data.answer };
    case "failure":
    case "done":
      return state;
  }
}

const version = 2;

export function serialize(turns: Turn[]): string {
  return JSON.stringify({ version, turns });
}

/** Reads stored turns; a question that was being answered when the page went away counts as stopped. */
export function deserialize(stored: string | null): Turn[] {
  const content = parse(stored);
  if (!isRecord(content) || content.version !== version || !Array.isArray(content.turns)) return [];
  return content.turns
    .filter(isTurn)
    .map((turn) => (isRunning(turn) ? { ...turn, state: { phase: "stopped", text: writtenText(turn.state) } } : turn));
}

function parse(stored: string | null): unknown {
  try {
    return JSON.parse(stored ?? "null");
  } catch {
    return null;
  }
}

const phases = new Set(["searching", "writing", "answered", "stopped", "failed"]);

function isTurn(value: unknown): value is Turn {
  return (
    isRecord(value) && typeof value.id === "string" && typeof value.question === "string" && isRecord(value.state) && phases.has(String(value.state.phase))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

const skeletonAfterMs = 150;
const skeletonForMs = 300;

/** How long to wait before the answer replaces its skeleton, so that none is seen for less than a moment. */
export function skeletonRestMs(elapsedMs: number): number {
  return elapsedMs < skeletonAfterMs ? 0 : Math.max(0, skeletonAfterMs + skeletonForMs - elapsedMs);
}

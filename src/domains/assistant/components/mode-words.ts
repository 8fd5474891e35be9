import { formatCount, formatDuration, formatQuantity } from "#lib/format-number.ts";
import type { Answer, TokenUsage } from "#domains/assistant/schema.ts";

const wordsOnly = "searched by words only: the search by meaning is not available";

/** How an answer came to be, in words: the facts of the line under it. */
export function modeWords(answer: Answer): string {
  return [origin(answer), ...facts(answer), answer.retrieval.mode === "degraded" && wordsOnly, answer.cached && "from the cache"].filter(Boolean).join(" · ");
}

function origin({ mode, model, citations }: Answer): string {
  switch (mode) {
    case "extractive":
      return "Quoted from the sources, no model used";
    case "generated":
      return `Written by ${model ?? "a model"} from ${formatQuantity(citations.length, "passage")}`;
    case "abstained":
      return "No answer given";
  }
}

function facts({ mode, passagesSearched, durationMs, usage }: Answer): (string | null)[] {
  if (mode === "abstained") return [`searched ${formatQuantity(passagesSearched, "passage")}`];
  return [formatDuration(durationMs), usage && tokens(usage)];
}

function tokens({ inputTokens, outputTokens }: TokenUsage): string | null {
  if (inputTokens === null && outputTokens === null) return null;
  return `${formatCount((inputTokens ?? 0) + (outputTokens ?? 0))} tokens`;
}

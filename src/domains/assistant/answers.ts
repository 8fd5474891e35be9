import type { Passage, Retrieval } from "#domains/knowledge/index.ts";
import { stem } from "#domains/knowledge/server.ts";
import type { ModelRequest } from "#domains/llm/index.ts";
import { streamModel } from "#domains/llm/server.ts";
import { AppError } from "#lib/errors.ts";
import type { Principal } from "#platform/auth/principal.ts";
import { CitationFilter } from "./citation-filter.ts";
import { candidates, chooseSentences, openingOf } from "./extract.ts";
import { answerInput, answerInstructions, noAnswer } from "./prompt.ts";
import type { Answer, Citation } from "./schema.ts";

/** An answer before it has an id and its timing. */
export type Draft = Pick<Answer, "answer" | "mode" | "partial" | "citations" | "nearest" | "model" | "usage">;

/** Below this share of the question's words in its best passage, there is no answer. */
const minCoverage = 0.6;
const nearestMax = 3;
const maxOutputTokens = 600;
/** A server that doesn't keep to the tokens asked for is stopped here. */
const maxOutputCharacters = 8_000;

/** True when the passages found say too little about the question to answer it. */
export function fallsShort({ lexemes, passages }: Retrieval): boolean {
  return lexemes.length === 0 || Math.max(0, ...passages.map((passage) => passage.coverage)) < minCoverage;
}

/** No answer, and the entries that come nearest. */
export function abstain(retrieval: Retrieval, text?: string, call: Pick<Draft, "model" | "usage"> = { model: null, usage: null }): Draft {
  const nearest = new Map<string, string>();
  for (const { title, url } of retrieval.passages) {
    const page = url.split("#")[0] ?? url;
    if (!nearest.has(page) && nearest.size < nearestMax) nearest.set(page, title);
  }
  const reason =
    retrieval.lexemes.length === 0
      ? "The question holds no words to search for. Ask it in a few plain words."
      : "The sources searched don't hold an answer to this question.";
  return {
    answer: text ?? reason,
    mode: "abstained",
    partial: false,
    citations: [],
    nearest: [...nearest].map(([url, title]) => ({ title, url })),
    ...call,
  };
}

/** The sentences that say most, quoted verbatim, a paragraph a passage. */
export async function quote(principal: Principal, retrieval: Retrieval): Promise<Draft> {
  const all = candidates(retrieval.passages);
  const stems = await stem(principal, all.map(({ text }) => text));
  const chosen = chooseSentences(all, stems, retrieval.lexemes);
  if (chosen.length === 0) chosen.push(...openingOf(all));
  const used = [...new Set(chosen.map(({ passage }) => passage))];
  const citations = used.flatMap((index, order) => {
    const passage = retrieval.passages[index];
    const quotes = chosen.filter((sentence) => sentence.passage === index).map(({ text }) => text);
    return passage ? [cite(order + 1, passage, quotes)] : [];
  });
  if (citations.length === 0) return abstain(retrieval);
  const answer = citations.map(({ n, quotes }) => `${quotes.join(" ")} [${n}]`).join("\n\n");
  return { answer, mode: "extractive", partial: false, citations, nearest: [], model: null, usage: null };
}

/**
 * Lets the configured model write from the passages; yields text as it may be shown and returns the draft. Nothing is
 * shown before the first passage is cited: an answer that cites none is not given. What a model that breaks off has
 * written until then is kept, marked partial. Throws when it fails before that, or writes nothing at all.
 */
export async function* write(retrieval: Retrieval, signal: AbortSignal): AsyncGenerator<string, Draft> {
  const { question, passages } = retrieval;
  const enough = new AbortController();
  const request: ModelRequest = {
    instructions: answerInstructions,
    input: answerInput(question, passages),
    maxOutputTokens,
    signal: AbortSignal.any([signal, enough.signal]),
  };
  const filter = new CitationFilter(passages.length);
  const call: Pick<Draft, "model" | "usage"> = { model: null, usage: null };
  let raw = "";
  let ready = "";
  let shown = "";
  let partial = true;
  try {
    for await (const event of streamModel(request)) {
      if (event.type === "end") {
        partial = !event.finished;
        call.model = event.model;
        call.usage = { inputTokens: event.inputTokens, outputTokens: event.outputTokens };
        continue;
      }
      raw += event.text;
      ready += filter.push(event.text);
      if (filter.cited.length > 0 && ready !== "") {
        const text = shown === "" ? ready.trimStart() : ready;
        [shown, ready] = [shown + text, ""];
        if (text !== "") yield text;
      }
      if (raw.length > maxOutputCharacters) {
        enough.abort();
        break;
      }
    }
  } catch (error) {
    if (signal.aborted || shown === "") throw error;
  }
  if (raw.trim() === "") throw new AppError("UPSTREAM_UNAVAILABLE", { detail: "The model gave no answer. Try again in a moment.", retryAfterSeconds: 10 });
  if (raw.trim().startsWith(noAnswer)) return abstain(retrieval, undefined, call);
  ready += filter.end();
  if (filter.cited.length === 0) {
    return abstain(retrieval, "The model's answer cited none of the passages, so it isn't shown.", call);
  }
  if (ready !== "") yield ready;
  const citations = filter.cited.sort((a, b) => a - b).flatMap((n) => {
    const passage = passages[n - 1];
    return passage ? [cite(n, passage, [])] : [];
  });
  return { answer: (shown + ready).trim(), mode: "generated", partial, citations, nearest: [], ...call };
}

function cite(n: number, { title, url, heading, content, score, updatedAt }: Passage, quotes: string[]): Citation {
  return { n, title, url, heading, snippet: content, quotes, score, updatedAt: updatedAt.toISOString() };
}

import type { Passage, Retrieval } from "#domains/knowledge/index.ts";
import { stem } from "#domains/knowledge/server.ts";
import { streamModel } from "#domains/llm/server.ts";
import type { Principal } from "#platform/auth/principal.ts";
import { CitationFilter } from "./citation-filter.ts";
import { candidates, chooseSentences, openingOf } from "./extract.ts";
import { answerInput, answerInstructions, noAnswer } from "./prompt.ts";
import type { Answer, Citation, TokenUsage } from "./schema.ts";

/** An answer before it has an id and its timing. */
export type Draft = Pick<Answer, "answer" | "mode" | "partial" | "citations" | "nearest" | "model" | "usage">;

/** Below this share of the question's words in its best passage, there is no answer. */
const minCoverage = 0.6;
const nearestMax = 3;
const maxOutputTokens = 600;

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
 * Lets the configured model write from the passages; yields text as it may be shown and returns the draft. What a model
 * that breaks off has written until then is kept, marked partial. Throws when it fails before the first word.
 */
export async function* write(retrieval: Retrieval, signal: AbortSignal): AsyncGenerator<string, Draft> {
  const { question, passages } = retrieval;
  const filter = new CitationFilter(passages.length);
  let raw = "";
  let shown = "";
  let partial = false;
  let model: string | null = null;
  let usage: TokenUsage | null = null;
  const request = { instructions: answerInstructions, input: answerInput(question, passages), maxOutputTokens, signal };
  try {
    for await (const event of streamModel(request)) {
      if (event.type === "end") {
        model = event.model;
        usage = { inputTokens: event.inputTokens, outputTokens: event.outputTokens };
        continue;
      }
      raw += event.text;
      if (noAnswer.startsWith(raw.trim().slice(0, noAnswer.length))) continue;
      const text = filter.push(shown === "" ? raw.trimStart() : event.text);
      shown += text;
      if (text !== "") yield text;
    }
  } catch (error) {
    if (signal.aborted || shown === "") throw error;
    partial = true;
  }
  if (raw.trim() === "" || raw.trim().startsWith(noAnswer)) return abstain(retrieval, undefined, { model, usage });
  const rest = filter.end();
  shown += rest;
  if (rest !== "") yield rest;
  if (filter.cited.length === 0 && !partial) {
    return abstain(retrieval, "The model's answer cited none of the passages, so it isn't shown.", { model, usage });
  }
  const citations = filter.cited.sort((a, b) => a - b).flatMap((n) => {
    const passage = passages[n - 1];
    return passage ? [cite(n, passage, [])] : [];
  });
  return { answer: shown.trim(), mode: "generated", partial, citations, nearest: [], model, usage };
}

function cite(n: number, { title, url, heading, content, score, updatedAt }: Passage, quotes: string[]): Citation {
  return { n, title, url, heading, snippet: content, quotes, score, updatedAt: updatedAt.toISOString() };
}

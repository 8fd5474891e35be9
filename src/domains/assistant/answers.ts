import type { Passage, Retrieval } from "#domains/knowledge/index.ts";
import { chooseSentences } from "./extract.ts";
import type { Answer, Citation } from "./schema.ts";

/** An answer before it has an id and its timing. */
export type Draft = Pick<Answer, "answer" | "mode" | "partial" | "citations" | "nearest" | "model" | "usage" | "callId">;

/** What is known of the model's call. */
export type ModelFacts = Pick<Draft, "model" | "usage" | "callId">;

export const noModel: ModelFacts = { model: null, usage: null, callId: null };

const nearestMax = 3;

/** No answer, and the entries that come nearest. */
export function abstain(retrieval: Retrieval, text?: string, call = noModel): Draft {
  const nearest = new Map<string, string>();
  for (const { title, url } of retrieval.passages) {
    const page = url.split("#")[0] ?? url;
    if (!nearest.has(page) && nearest.size < nearestMax) nearest.set(page, title);
  }
  const reason =
    retrieval.terms.length === 0
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

/** The sentences that say most, quoted verbatim, a paragraph a passage. Abstains when no sentence speaks of the question. */
export function quote(retrieval: Retrieval): Draft {
  const chosen = chooseSentences(retrieval);
  const citations = [...new Set(chosen.map(({ passage }) => passage))].flatMap((index) => {
    const passage = retrieval.passages[index];
    const quotes = chosen.filter((sentence) => sentence.passage === index && passage?.content.includes(sentence.text)).map(({ text }) => text);
    return passage && quotes.length > 0 ? [{ passage, quotes }] : [];
  }).map(({ passage, quotes }, order) => cite(order + 1, passage, quotes));
  if (citations.length === 0) return abstain(retrieval);
  const answer = citations.map(({ n, quotes }) => `${quotes.join(" ")} [${n}]`).join("\n\n");
  return { answer, mode: "extractive", partial: false, citations, nearest: [], ...noModel };
}

/** A passage as source number `n` of an answer. */
export function cite(n: number, { title, url, heading, content, score, updatedAt }: Passage, quotes: string[]): Citation {
  return { n, title, url, heading, snippet: content, quotes, score, updatedAt: updatedAt.toISOString() };
}

import { wholeCodePoints } from "#lib/code-points.ts";
import { analyse } from "./analyse.ts";
import type { Passage, QuestionTerm } from "./schema.ts";
import { sentenceSpans, type Span } from "./sentences.ts";

export interface Snippet {
  text: string;
  /** Where the question's words stand in `text`. */
  marks: Span[];
}

/**
 * The part of a passage that says most about a question, verbatim, at most `maxCharacters` long, with the question's words
 * marked: it begins with a sentence where that leaves room for the words.
 */
export function snippetOf({ content, language }: Passage, terms: QuestionTerm[], maxCharacters: number): Snippet {
  const worth = new Map(terms.flatMap((term) => term.terms.map((spelling) => [spelling, term.worth] as const)));
  const hits = analyse(content, language).filter(({ term }) => worth.has(term));
  const starts = [0, ...sentenceSpans(content, language).map(({ start }) => start)];
  const scored = starts.map((start) => {
    const within = hits.filter((hit) => hit.start >= start && hit.end <= start + maxCharacters);
    const distinct = new Set(within.map(({ term }) => term));
    return { start, score: [...distinct].reduce((sum, term) => sum + (worth.get(term) ?? 0), 0) };
  });
  const { start } = scored.reduce((best, next) => (next.score > 0 && next.score >= best.score ? next : best), { start: 0, score: 0 });
  const end = endOf(content, start, maxCharacters);
  const marks = hits.filter((hit) => hit.start >= start && hit.end <= end).map((hit) => ({ start: hit.start - start, end: hit.end - start }));
  return { text: content.slice(start, end), marks };
}

/** Cuts between words. */
function endOf(text: string, start: number, maxCharacters: number): number {
  if (text.length - start <= maxCharacters) return text.length;
  const space = text.lastIndexOf(" ", start + maxCharacters);
  return space > start ? space : wholeCodePoints(text, start + maxCharacters);
}

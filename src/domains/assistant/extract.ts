import type { Passage } from "#domains/knowledge/index.ts";
import { sentencesOf } from "./sentences.ts";

/** Sentences an answer quotes, at most. */
const maxSentences = 4;
/** A sentence is quoted when it scores at least this share of the best one. */
const keepFrom = 0.55;
/** An answer shorter than this is followed by the sentence that comes next in its passage. */
const shortAnswerCharacters = 160;
/** What each lower rank of its passage takes off a sentence's score. */
const rankDiscount = 0.85;

export interface Candidate {
  /** Index of the passage in the retrieval. */
  passage: number;
  /** Place in the passage, for reading order. */
  place: number;
  text: string;
}

/** Every sentence of the passages. */
export function candidates(passages: Passage[]): Candidate[] {
  return passages.flatMap(({ content }, passage) => sentencesOf(content).map((text, place) => ({ passage, place, text })));
}

/**
 * Chooses the sentences that say most about the question: each of its words (stems) counts more the fewer candidates
 * hold it, a passage's rank weighs in, and a sentence that only repeats chosen words scores less. `stems` are those of
 * each candidate. Answers the chosen ones in reading order: best passage first.
 */
export function chooseSentences(all: Candidate[], stems: string[][], lexemes: string[]): Candidate[] {
  const sets = stems.map((words) => new Set(words));
  const weight = new Map(
    lexemes.map((lexeme) => {
      const holding = sets.filter((words) => words.has(lexeme)).length;
      return [lexeme, Math.log(1 + all.length / (1 + holding))];
    }),
  );
  const said = new Set<string>();
  const chosen: Candidate[] = [];
  let best = 0;
  while (chosen.length < maxSentences) {
    const scored = all.map((candidate, index) => {
      if (chosen.some(({ text }) => text === candidate.text)) return 0;
      const words = lexemes.filter((lexeme) => sets[index]?.has(lexeme));
      const sum = words.reduce((total, word) => total + (weight.get(word) ?? 0) * (said.has(word) ? 0.4 : 1), 0);
      return sum * rankDiscount ** candidate.passage;
    });
    const score = Math.max(0, ...scored);
    best = Math.max(best, score);
    const index = scored.indexOf(score);
    const next = all[index];
    if (!next || score === 0 || score < best * keepFrom) break;
    chosen.push(next);
    for (const word of sets[index] ?? []) said.add(word);
  }
  const inOrder = chosen.sort((a, b) => a.passage - b.passage || a.place - b.place);
  return inOrder.reduce((length, { text }) => length + text.length, 0) < shortAnswerCharacters ? withNext(inOrder, all) : inOrder;
}

/** The first sentences of the best passage: what to quote when only its title and headings hold the question's words. */
export function openingOf(all: Candidate[]): Candidate[] {
  return all.filter(({ passage, place }) => passage === 0 && place < 2);
}

function withNext(chosen: Candidate[], all: Candidate[]): Candidate[] {
  const last = chosen.at(-1);
  const next = all.find(({ passage, place }) => passage === last?.passage && place === last.place + 1);
  return next ? [...chosen, next] : chosen;
}

import type { Passage, QuestionTerm, Retrieval } from "#domains/knowledge/index.ts";
import { analyse, sentenceSpans } from "#domains/knowledge/server.ts";

/** Sentences an answer quotes, at most, and the characters after which no further one is added. */
const maxSentences = 4;
const enoughCharacters = 900;

/** What the choice of sentences weighs: the middle of the range that did well on the tuning half of the golden set. */
export const weights = {
  /** What a word of the question counts that the sentence itself lacks: said in the title or heading, or just before. */
  titled: 0.35,
  before: 0.2,
  /** What each lower rank of its passage leaves of a sentence's score. */
  rank: 0.97,
  /** What a sentence in another language than the question's leaves of it: it can be quoted, but not as it was asked. */
  foreign: 0.6,
  /** What a word still counts that a chosen sentence has said. */
  said: 0.8,
  /** A sentence that brings what the question asks for, such as a number, counts this many times. */
  fitting: 1.8,
  /** Longer sentences hold more words by chance: from this many characters on, their score falls with this power of the length. */
  longCharacters: 100,
  lengthPower: 0.5,
  /** A sentence is quoted when it scores at least this share of the best one. */
  keepFrom: 0.25,
  /** A sentence repeats a chosen one that holds this part of its words. */
  repeats: 0.8,
};

export interface Sentence {
  /** Index of the passage in the retrieval. */
  passage: number;
  /** Place in the passage, for reading order. */
  place: number;
  /** A substring of the passage's content. */
  text: string;
  terms: Set<string>;
}

/** Every sentence of the passages, its words analysed in the passage's language. */
export function sentencesOf(passages: Passage[]): Sentence[] {
  return passages.flatMap(({ content, language }, passage) =>
    sentenceSpans(content, language).map(({ start, end }, place) => {
      const text = content.slice(start, end);
      return { passage, place, text, terms: termsOf(text, language) };
    }),
  );
}

/**
 * Chooses the sentences that say most about the question, at most four: each of its words counts what finding it is
 * worth, less where only the title, the heading or the sentence before says it; the rank of the passage weighs in;
 * what only repeats is left out. A question that asks for a title and nothing more gets the opening of that document
 * first. The passage of the best sentence comes first, each in reading order. Empty when nothing speaks of the question.
 */
export function chooseSentences({ question, language, passages, terms }: Retrieval): Sentence[] {
  const all = sentencesOf(passages);
  const said = terms.map(() => 1);
  const values = valuesOf(all, passages, terms);
  const factors = all.map((sentence) => factorOf(sentence, asksFor(question)) * (passages[sentence.passage]?.language === language ? 1 : weights.foreign));
  const scoreOf = (index: number) => (values[index] ?? []).reduce((sum, value, term) => sum + value * (said[term] ?? 1), 0) * (factors[index] ?? 0);
  const chosen: Sentence[] = [];
  const choose = (index: number) => {
    const sentence = all[index];
    if (!sentence) return;
    chosen.push(sentence);
    terms.forEach((term, at) => {
      if (holds(sentence.terms, term)) said[at] = weights.said;
    });
  };
  const best = Math.max(0, ...all.map((_, index) => scoreOf(index)));
  if (best > 0 && opens(passages[0], terms)) choose(all.findIndex(({ passage }) => passage === 0));
  while (best > 0 && chosen.length < maxSentences && chosen.reduce((sum, { text }) => sum + text.length, 0) < enoughCharacters) {
    const scores = all.map((sentence, index) => (chosen.some((other) => repeats(sentence, other)) ? 0 : scoreOf(index)));
    const score = Math.max(...scores);
    if (score < best * weights.keepFrom) break;
    choose(scores.indexOf(score));
  }
  const order = [...new Set(chosen.map(({ passage }) => passage))];
  return chosen.sort((a, b) => order.indexOf(a.passage) - order.indexOf(b.passage) || a.place - b.place);
}

/** What each word of the question is worth in each sentence. */
function valuesOf(all: Sentence[], passages: Passage[], terms: QuestionTerm[]): number[][] {
  const named = passages.map(({ title, heading, language }) => termsOf(`${title}\n${heading ?? ""}`, language));
  return all.map(({ passage, terms: own }, index) => {
    const before = all[index - 1]?.passage === passage ? all[index - 1]?.terms : undefined;
    return terms.map((term) => {
      if (holds(own, term)) return term.worth;
      return term.worth * Math.max(holds(named[passage], term) ? weights.titled : 0, holds(before, term) ? weights.before : 0);
    });
  });
}

function factorOf({ passage, text }: Sentence, wanted: RegExp | null): number {
  const length = Math.min(1, weights.longCharacters / text.length) ** weights.lengthPower;
  return weights.rank ** passage * length * (wanted?.test(text) ? weights.fitting : 1);
}

/** Whether the question asks for the title of the passage's document and nothing more, and the passage is its opening. */
function opens(passage: Passage | undefined, terms: QuestionTerm[]): boolean {
  if (passage?.heading !== null) return false;
  const title = termsOf(passage.title, passage.language);
  return terms.every((term) => holds(title, term));
}

const asksNumber = /\b(how (long|many|much|often|old|far|big|large|high)|what time|when|which (status|year|day|date|hour|number)|combien|quand|quelle (heure|date|durée))\b/i;
const asksReason = /\b(why|pourquoi)\b/i;
const reason = /\b(because|since|so that|therefore|due to|parce que?|car|puisque|afin)\b/i;

/** What an answer to the question is likely to hold, null where the question doesn't tell. */
function asksFor(question: string): RegExp | null {
  if (asksReason.test(question)) return reason;
  return asksNumber.test(question) ? /\d/ : null;
}

/** Whether a sentence says next to nothing that `chosen` doesn't say. */
function repeats(sentence: Sentence, chosen: Sentence): boolean {
  const words = [...sentence.terms];
  const shared = words.filter((word) => chosen.terms.has(word)).length;
  return sentence.text === chosen.text || (shared > 0 && shared >= weights.repeats * words.length);
}

function holds(terms: Set<string> | undefined, { terms: spellings }: QuestionTerm): boolean {
  return terms !== undefined && spellings.some((spelling) => terms.has(spelling));
}

function termsOf(text: string, language: Passage["language"]): Set<string> {
  return new Set(analyse(text, language).map(({ term }) => term));
}

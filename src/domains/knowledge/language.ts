import { stopWords } from "./stop-words.ts";

/** Languages that the index knows how to stem; any other is indexed as its words stand. */
export const languages = ["english", "french", "other"] as const;
export type Language = (typeof languages)[number];

/** Letters that French has and English hasn't. */
const frenchLetters = /[àâçèéêëîïôùûœæ]/g;
const words = /[\p{L}\p{M}]+/gu;
/** A text of this length tells its language; longer ones aren't read further. */
const readCharacters = 4_000;
/** Share of stop words that running text of a language has at least. */
const minShare = 0.15;
/** Where a text is too short for shares to mean something. */
const shortWords = 30;

/**
 * The language a text is written in, by its stop words and letters: null when nothing speaks for one, as with a few
 * names or abbreviations. Long texts in a third language are `other`, as is what isn't written in Latin letters.
 */
export function detectLanguage(text: string): Language | null {
  const sample = text.slice(0, readCharacters).toLowerCase();
  const found = sample.match(words) ?? [];
  if (found.length === 0) return null;
  if (found.filter((word) => /\p{Script=Latin}/u.test(word)).length < found.length / 2) return "other";
  const english = found.filter((word) => stopWords.english.has(word)).length;
  const french = found.filter((word) => stopWords.french.has(word)).length;
  const accents = sample.match(frenchLetters)?.length ?? 0;
  if (found.length >= shortWords && Math.max(english, french) < found.length * minShare) return "other";
  if (found.length >= shortWords) return french > english ? "french" : "english";
  const frenchSigns = french + Math.min(accents, 3);
  if (english === frenchSigns) return null;
  return frenchSigns > english ? "french" : "english";
}

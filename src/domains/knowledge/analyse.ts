import { stemmer as stemFrench } from "@orama/stemmers/french";
import { LRUCache } from "lru-cache";
import stemEnglish from "wink-porter2-stemmer";
import { wholeCodePoints } from "#lib/code-points.ts";
import type { Language } from "./language.ts";
import { stopWords } from "./stop-words.ts";

/** A word of a text as the index knows it, and where it stands there. */
export interface Word {
  term: string;
  start: number;
  end: number;
}

/** Letters, marks and digits; points and commas only between digits, as in 1,000 and 0.15. */
const wordPattern = /\p{N}+(?:[.,]\p{N}+)+|[\p{L}\p{N}\p{M}]+/gu;
/** Scripts that don't part words: each pair of neighbouring characters is a word. */
const unparted = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const maxTermCharacters = 64;
const accents = /[\u0300-\u036f]/g;

const stems = {
  english: new LRUCache<string, string>({ max: 20_000 }),
  french: new LRUCache<string, string>({ max: 20_000 }),
};

/**
 * The words of a text that the index holds, in order: compatibility forms unified, lower case, without accents and stop
 * words, brought to their stem by the rules of the language (Snowball). Accents go first, since people ask without
 * them. Linear in the length of the text.
 */
export function analyse(text: string, language: Language): Word[] {
  const words: Word[] = [];
  for (const { 0: written, index } of text.matchAll(wordPattern)) {
    if (unparted.test(written)) {
      for (const pair of pairs(written, index)) words.push(pair);
      continue;
    }
    const term = termOf(written, language);
    if (term !== null) words.push({ term, start: index, end: index + written.length });
  }
  return words;
}

/** The term of one written word, null for a stop word. */
export function termOf(written: string, language: Language): string | null {
  const whole = written.normalize("NFKC").toLowerCase().replaceAll(",", "");
  const word = whole.slice(0, wholeCodePoints(whole, maxTermCharacters));
  if (stopWords[language].has(word)) return null;
  // A mark by itself leaves nothing.
  return stem(word.normalize("NFD").replace(accents, "").normalize("NFC"), language) || null;
}

/** How often the texts hold each term, all of one language, and how many words they have in all. */
export function countTerms(texts: string[], language: Language): { counts: Map<string, number>; length: number } {
  const counts = new Map<string, number>();
  let length = 0;
  for (const text of texts) {
    for (const { term } of analyse(text, language)) {
      counts.set(term, (counts.get(term) ?? 0) + 1);
      length += 1;
    }
  }
  return { counts, length };
}

function stem(word: string, language: Language): string {
  if (language === "other" || !/^[a-z]+$/.test(word)) return word;
  const known = stems[language].get(word);
  if (known !== undefined) return known;
  const made = language === "english" ? stemEnglish(word) : stemFrench(word);
  stems[language].set(word, made);
  return made;
}

function pairs(run: string, index: number): Word[] {
  const characters = [...run];
  if (characters.length === 1) return [{ term: run, start: index, end: index + run.length }];
  let start = index;
  return characters.slice(0, -1).map((first, at) => {
    const term = first + (characters[at + 1] ?? "");
    const word = { term, start, end: start + term.length };
    start += first.length;
    return word;
  });
}

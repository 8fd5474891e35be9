import { analyse, termOf, type Word } from "./analyse.ts";
import { detectLanguage, type Language } from "./language.ts";
import { askingWords, everydayWords } from "./stop-words.ts";

/** What is searched for: one word of a question, as every term it may stand in the index as. */
export interface Slot {
  terms: string[];
  /** How often the question says it; less for a word of everyday questions. */
  weight: number;
}

export interface AnalysedQuestion {
  /** What the question tells, null where it speaks for none. */
  detected: Language | null;
  /** By whose rules it was read. */
  language: Language;
  slots: Slot[];
}

/** More words than these add nothing but work; the longest are kept, which are the rarest as a rule. */
const maxSlots = 48;
/** What a word of everyday questions counts. */
const everydayWeight = 0.35;

/**
 * The words of a question to search for. One that speaks for no language is searched in the terms of English and of
 * French. Words that only ask ("what does … mean") are left out unless there are no others.
 */
export function analyseQuestion(question: string): AnalysedQuestion {
  const detected = detectLanguage(question);
  const language = detected ?? "english";
  const words = analyse(question, language);
  const telling = words.filter(({ start, end }) => !askingWords[language].has(question.slice(start, end).toLowerCase()));
  const slots = new Map<string, Slot>();
  for (const word of telling.length > 0 ? telling : words) {
    const terms = detected === null ? inBoth(question, word) : [word.term];
    const key = terms.join(" ");
    const slot = slots.get(key);
    const weight = everydayWords[language].has(question.slice(word.start, word.end).toLowerCase()) ? everydayWeight : 1;
    if (slot) slot.weight += weight;
    else slots.set(key, { terms, weight });
  }
  const kept = [...slots.values()];
  if (kept.length > maxSlots) kept.sort((a, b) => (b.terms[0]?.length ?? 0) - (a.terms[0]?.length ?? 0)).length = maxSlots;
  return { detected, language, slots: kept };
}

/** The same for two questions that differ in nothing a search or a reader would notice. */
export function normaliseQuestion(question: string): string {
  return question.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").replace(/(?<![\s?!.…])[\s?!.…]+$/u, "").trim();
}

function inBoth(question: string, { term, start, end }: Word): string[] {
  const written = question.slice(start, end);
  const french = termOf(written, "french");
  return french === null || french === term ? [term] : [term, french];
}

/** Made-up documents with the statistics of English: the same ones on every machine. */
import { randomNumbers } from "./statistics.ts";

/** Words there are; those of the sample text are among them. */
const vocabularySize = 40_000;
/** The sample's most frequent words, mostly function words, keep their ranks; below them two made-up words follow each. */
const ownRanks = 100;
/** A word of a text is one that the document has used already this often: real documents have a subject. */
const repeatShare = 0.4;
const syllables = ["an", "ber", "cal", "dor", "el", "fin", "gra", "hol", "in", "jas", "kel", "lor", "men", "nor", "ost", "pel", "qui", "rem", "sol", "tur", "ul", "ven", "wes", "yar", "zin"];

export interface MadeUpDocument {
  title: string;
  markdown: string;
}

/** A writer of documents whose words are those of `sample` by their frequency there, and made-up ones, after Zipf's law. */
export function documentWriter(sample: string, seed: number): (sections: number, sectionCharacters: number) => MadeUpDocument {
  const random = randomNumbers(seed);
  const vocabulary = vocabularyOf(sample, random);
  const cumulative = zipfWeights(vocabulary.length);
  const total = cumulative.at(-1) ?? 1;
  const draw = () => vocabulary[firstAtLeast(cumulative, random() * total)] ?? "";
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));

  return (sections, sectionCharacters) => {
    const used: string[] = [];
    const word = () => {
      const chosen = random() < repeatShare && used.length > 0 ? used[between(0, used.length - 1)] ?? draw() : draw();
      used.push(chosen);
      return chosen;
    };
    const words = (count: number) => Array.from({ length: count }, word).join(" ");
    const paragraph = (characters: number) => {
      let text = "";
      while (text.length < characters) text += `${text === "" ? "" : " "}${capitalised(words(between(8, 25)))}.`;
      return text;
    };
    const section = () => `## ${capitalised(words(between(2, 4)))}\n\n${paragraph(sectionCharacters * (0.75 + random() / 2))}`;
    const title = capitalised(words(between(2, 5)));
    return { title, markdown: Array.from({ length: sections }, section).join("\n\n") };
  };
}

function vocabularyOf(sample: string, random: () => number): string[] {
  const counts = new Map<string, number>();
  for (const [word] of sample.toLowerCase().matchAll(/[a-z]{2,}/g)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const own = [...counts].sort(([a, many], [b, less]) => less - many || (a < b ? -1 : 1)).map(([word]) => word);
  const made = new Set<string>();
  const madeUp = () => {
    for (;;) {
      const word = Array.from({ length: 2 + Math.floor(random() * 3) }, () => syllables[Math.floor(random() * syllables.length)]).join("");
      if (counts.has(word) || made.has(word)) continue;
      made.add(word);
      return word;
    }
  };
  const vocabulary = own.flatMap((word, rank) => (rank < ownRanks ? [word] : [word, madeUp(), madeUp()]));
  while (vocabulary.length < vocabularySize) vocabulary.push(madeUp());
  return vocabulary;
}

/** Running totals of 1 / (rank + 2.7), after Mandelbrot. */
function zipfWeights(size: number): number[] {
  let total = 0;
  return Array.from({ length: size }, (_, index) => (total += 1 / (index + 1 + 2.7)));
}

function firstAtLeast(sorted: number[], wanted: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Plain BM25 in memory, to compare the product with: it shares no code with it, so that no mistake is made twice. */
import { porterStem } from "./porter.ts";

const k1 = 1.2;
const b = 0.75;
/** The short list that search engines have used since Lucene's first. */
const stopWords = new Set(
  ("a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was " +
    "will with").split(" "),
);

export interface PlainDocument {
  id: string;
  title: string;
  text: string;
}

export interface PlainIndex {
  size: number;
  /** Ids of the documents that hold a word of the question, best first; equal ones in the order they came in. */
  search(question: string, limit: number): string[];
}

/** Indexes title and text of all documents. */
export async function buildPlainIndex(batches: AsyncIterable<PlainDocument[]> | Iterable<PlainDocument[]>): Promise<PlainIndex> {
  const ids: string[] = [];
  const lengths: number[] = [];
  const postings = new Map<string, { documents: number[]; counts: number[] }>();
  for await (const batch of batches) {
    for (const { id, title, text } of batch) {
      const words = plainTerms(`${title} ${text}`);
      for (const [term, count] of countsOf(words)) {
        let posting = postings.get(term);
        if (!posting) postings.set(term, (posting = { documents: [], counts: [] }));
        posting.documents.push(ids.length);
        posting.counts.push(count);
      }
      ids.push(id);
      lengths.push(words.length);
    }
  }
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);

  const search = (question: string, limit: number): string[] => {
    const scores = new Map<number, number>();
    for (const [term, times] of countsOf(plainTerms(question))) {
      const posting = postings.get(term);
      if (!posting) continue;
      const holding = posting.documents.length;
      const idf = Math.log(1 + (ids.length - holding + 0.5) / (holding + 0.5));
      for (const [place, document] of posting.documents.entries()) {
        const count = posting.counts[place] ?? 0;
        const norm = k1 * (1 - b + (b * (lengths[document] ?? 0)) / average);
        scores.set(document, (scores.get(document) ?? 0) + (times * idf * count * (k1 + 1)) / (count + norm));
      }
    }
    const best = [...scores].sort(([first, high], [second, low]) => low - high || first - second).slice(0, limit);
    return best.map(([document]) => ids[document] ?? "");
  };
  return { size: ids.length, search };
}

/** Lower-case words of a text without stop words, as Porter stems. */
export function plainTerms(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !stopWords.has(word)).map(stemOf);
}

/** Stems by word: a text says few different words. */
const known = new Map<string, string>();

function stemOf(word: string): string {
  let stem = known.get(word);
  if (stem === undefined) known.set(word, (stem = porterStem(word)));
  return stem;
}

function countsOf(words: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

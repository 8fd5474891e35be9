export interface Searchable {
  label: string;
  /** Further words that find it. */
  keywords: string[];
}

/** What the query finds, best first: each of its words begins a word of the label or of the keywords. */
export function find<Item extends Searchable>(items: Item[], query: string): Item[] {
  const words = wordsOf(query);
  if (words.length === 0) return items;
  return items
    .map((item) => ({ item, score: score(item, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

function score({ label, keywords }: Searchable, words: string[]): number {
  const inLabel = wordsOf(label);
  const elsewhere = wordsOf(keywords.join(" "));
  let sum = 0;
  for (const word of words) {
    const place = inLabel.findIndex((candidate) => candidate.startsWith(word));
    if (place >= 0) sum += place === 0 ? 4 : 3;
    else if (elsewhere.some((candidate) => candidate.startsWith(word))) sum += 1;
    else return 0;
  }
  return sum / inLabel.length ** 0.25;
}

function wordsOf(text: string): string[] {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Whether the query reads like a question rather than like the name of a place. */
export function looksLikeQuestion(query: string): boolean {
  return query.includes("?") || wordsOf(query).length > 3;
}

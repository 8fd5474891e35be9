/** Measures of a search and of the answers made from it: pure, so that each can be checked by hand. */

/** Grade of each judged document for one question; 1 and above are relevant. */
export type Grades = ReadonlyMap<string, number>;

/** One question's ranking, best first, beside what was judged. */
export interface Judged {
  ranking: readonly string[];
  grades: Grades;
}

export interface RankingMeasures {
  ndcg: number;
  recall: number;
  /** Reciprocal rank of the first relevant document. */
  mrr: number;
  /** Questions that the means are taken over. */
  queries: number;
}

/**
 * Normalised discounted cumulative gain of the first `k`, as trec_eval's ndcg_cut: the gain is the grade itself, the
 * discount log2(rank + 1), the ideal is over all judged documents. 0 where nothing is relevant.
 */
export function ndcgAt(k: number, { ranking, grades }: Judged): number {
  const ideal = discounted([...grades.values()].filter((grade) => grade > 0).sort((a, b) => b - a).slice(0, k));
  return ideal === 0 ? 0 : discounted(top(k, ranking).map((id) => gainOf(grades, id))) / ideal;
}

/** Share of all relevant documents that are among the first `k`; 0 where nothing is relevant. */
export function recallAt(k: number, { ranking, grades }: Judged): number {
  const relevant = relevantOf(grades);
  if (relevant.length === 0) return 0;
  return top(k, ranking).filter((id) => gainOf(grades, id) > 0).length / relevant.length;
}

/** 1 / rank of the first relevant document among the first `k`, 0 where there is none. */
export function reciprocalRankAt(k: number, { ranking, grades }: Judged): number {
  const index = top(k, ranking).findIndex((id) => gainOf(grades, id) > 0);
  return index === -1 ? 0 : 1 / (index + 1);
}

/** Means over the questions that have at least one relevant document; null where no question has. */
export function measureRankings(all: readonly Judged[], cut: { ndcg: number; recall: number; mrr: number }): RankingMeasures | null {
  const judged = all.filter(({ grades }) => relevantOf(grades).length > 0);
  if (judged.length === 0) return null;
  return {
    ndcg: mean(judged.map((one) => ndcgAt(cut.ndcg, one))),
    recall: mean(judged.map((one) => recallAt(cut.recall, one))),
    mrr: mean(judged.map((one) => reciprocalRankAt(cut.mrr, one))),
    queries: judged.length,
  };
}

export interface AbstentionCounts {
  unanswerable: number;
  /** Unanswerable and refused. */
  rightlyRefused: number;
  answerable: number;
  /** Answerable and refused all the same. */
  wronglyRefused: number;
}

/** Counts refusals by whether there was an answer to give. */
export function countAbstentions(all: readonly { answerable: boolean; refused: boolean }[]): AbstentionCounts {
  const answerable = all.filter((one) => one.answerable);
  const unanswerable = all.filter((one) => !one.answerable);
  return {
    unanswerable: unanswerable.length,
    rightlyRefused: unanswerable.filter(({ refused }) => refused).length,
    answerable: answerable.length,
    wronglyRefused: answerable.filter(({ refused }) => refused).length,
  };
}

/** Share of the quotes that stand word for word in their source; null where nothing was quoted. */
export function quotePrecision(all: readonly { quote: string; sources: readonly string[] }[]): number | null {
  return share(all.filter(({ quote, sources }) => quote !== "" && sources.some((source) => source.includes(quote))).length, all.length);
}

/** `part` of `whole`; null of nothing. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Ids with those left out that came before: a document found twice counts where it stands first. */
export function distinct(ranking: readonly string[]): string[] {
  return [...new Set(ranking)];
}

function top(k: number, ranking: readonly string[]): string[] {
  return distinct(ranking).slice(0, k);
}

function relevantOf(grades: Grades): string[] {
  return [...grades].filter(([, grade]) => grade > 0).map(([id]) => id);
}

function gainOf(grades: Grades, id: string): number {
  return Math.max(0, grades.get(id) ?? 0);
}

function discounted(gains: number[]): number {
  return gains.reduce((sum, gain, index) => sum + gain / Math.log2(index + 2), 0);
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

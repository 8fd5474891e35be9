/** The one line that a run over a collection comes down to. */
import { measureRankings, type Judged } from "./metrics.ts";

export interface CollectionFigures {
  "ndcg@10": number;
  "recall@10": number;
  "mrr@10": number;
  queries: number;
  documents: number;
  seconds: number;
}

/** Means over the queries, to the sixth place, and how long it took. Throws when no query has a relevant document. */
export function figuresOf(judged: readonly Judged[], documents: number, seconds: number): CollectionFigures {
  const measures = measureRankings(judged, { ndcg: 10, recall: 10, mrr: 10 });
  if (!measures) throw new Error("No query has a relevant document. Check qrels/test.tsv.");
  return {
    "ndcg@10": rounded(measures.ndcg, 6),
    "recall@10": rounded(measures.recall, 6),
    "mrr@10": rounded(measures.mrr, 6),
    queries: measures.queries,
    documents,
    seconds: rounded(seconds, 2),
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** What plain BM25 reaches on a collection. */
import { figuresOf, type CollectionFigures } from "./collection-figures.ts";
import type { Collection } from "./collection.ts";
import { buildPlainIndex } from "./plain-bm25.ts";

const batchSize = 1_000;
const documentsWanted = 10;

/** Indexes the whole collection in memory and asks all its queries. */
export async function runBaseline(collection: Collection): Promise<CollectionFigures> {
  const started = performance.now();
  const index = await buildPlainIndex(collection.documents(batchSize));
  const judged = collection.queries.map(({ text, grades }) => ({ ranking: index.search(text, documentsWanted), grades }));
  return figuresOf(judged, index.size, (performance.now() - started) / 1_000);
}

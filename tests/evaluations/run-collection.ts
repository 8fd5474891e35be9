/** Indexes a collection through the product and asks all its queries. */
import { sql } from "kysely";
import { indexDocuments, removeDocument, retrieve } from "#domains/knowledge/server.ts";
import { anonymous, system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { figuresOf, type CollectionFigures } from "./collection-figures.ts";
import type { Collection, CollectionDocument, CollectionQuery } from "./collection.ts";
import { showProgress } from "./command.ts";
import { distinct } from "./metrics.ts";
import { plainTextToMarkdown, storable } from "./plain-text.ts";

const source = "collection";
const documentsPerTransaction = 100;
/** As many as one call of retrieve takes. */
const queriesPerCall = 20;
const documentsWanted = 10;
/** Passages a query, at first: enough for ten documents unless a few long ones take all places. */
const firstLimit = 30;
const lastLimit = 480;
const evaluation = system("evaluation");

/** Indexes the collection into the process's database, which holds nothing else, and measures its queries. */
export async function runCollection(collection: Collection): Promise<CollectionFigures> {
  const started = performance.now();
  await makeEmpty();
  let documents = 0;
  for await (const batch of collection.documents(documentsPerTransaction)) {
    await db.as(evaluation, (tx) => indexDocuments(tx, batch.map(documentOf)));
    documents += batch.length;
    showProgress("documents indexed:", documents);
  }
  showProgress("documents indexed:", documents, documents);
  const judged = await rankAll(collection.queries);
  return figuresOf(judged, documents, (performance.now() - started) / 1_000);
}

function documentOf({ id, title, text }: CollectionDocument) {
  return {
    tenantId: null,
    source,
    sourceId: id,
    title: storable(title),
    url: `/collection/${encodeURIComponent(id)}`,
    tags: [],
    // Without a text there would be no passage to find: its title is all that it says.
    markdown: plainTextToMarkdown(text.trim() === "" ? title : text),
  };
}

async function rankAll(queries: CollectionQuery[]) {
  const judged: { ranking: string[]; grades: Map<string, number> }[] = [];
  for (let from = 0; from < queries.length; from += queriesPerCall) {
    const batch = queries.slice(from, from + queriesPerCall);
    const rankings = await rank(batch.map(({ text }) => storable(text)), firstLimit);
    judged.push(...batch.map(({ grades }, index) => ({ ranking: rankings[index] ?? [], grades })));
    showProgress("queries asked:", judged.length, queries.length);
  }
  return judged;
}

/** Documents by their best passage. Those of whose passages too few documents come are asked for more passages. */
async function rank(questions: string[], limit: number): Promise<string[][]> {
  const { retrievals } = await retrieve(anonymous, questions, { limit });
  const rankings = questions.map((_, index) => distinct((retrievals[index]?.passages ?? []).map(({ sourceId }) => sourceId)));
  const short = questions.flatMap((_, index) => {
    const cutOff = (retrievals[index]?.passages.length ?? 0) >= limit;
    return cutOff && (rankings[index]?.length ?? 0) < documentsWanted ? [index] : [];
  });
  if (short.length === 0 || limit >= lastLimit) return rankings;
  const again = await rank(short.map((index) => questions[index] ?? ""), limit * 4);
  for (const [place, index] of short.entries()) rankings[index] = again[place] ?? [];
  return rankings;
}

/** Takes an earlier run's documents out. Throws when there are others, which would change every word's weight. */
async function makeEmpty(): Promise<void> {
  const { rows } = await db.as(evaluation, (tx) =>
    sql<{ source: string; source_id: string }>`select source, source_id from app.documents`.execute(tx),
  );
  const others = rows.filter((row) => row.source !== source).length;
  if (others > 0) throw new Error(`The database holds ${others} documents of its own. Name one that is empty.`);
  for (let from = 0; from < rows.length; from += documentsPerTransaction) {
    await db.as(evaluation, async (tx) => {
      for (const { source_id } of rows.slice(from, from + documentsPerTransaction)) {
        await removeDocument(tx, { tenantId: null, source, sourceId: source_id });
      }
    });
  }
}

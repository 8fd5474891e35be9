import type { Principal } from "#platform/auth/principal.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { contentHash, prepareDocument } from "./indexed.ts";
import { wantVectors } from "./jobs.ts";
import * as queries from "./queries.ts";
import type { DocumentInput, DocumentKey } from "./schema.ts";

/** Documents written in one statement, at most. */
const batchSize = 50;

/**
 * Indexes documents of one tenant (or public ones) inside the caller's unit of work, replacing those that are there:
 * found from the moment that it commits, and not before. Of equally named ones the last counts. Throws when they are of
 * several tenants.
 */
export async function indexDocuments(tx: Tx, documents: DocumentInput[]): Promise<void> {
  if (new Set(documents.map(({ tenantId }) => tenantId)).size > 1) throw new Error("Documents of several tenants can't be indexed together");
  const named = [...new Map(documents.map((document) => [queries.documentName(document), document])).values()];
  for (let from = 0; from < named.length; from += batchSize) {
    const batch = named.slice(from, from + batchSize).map(prepareDocument);
    const [first] = batch;
    if (!first) return;
    const corpusId = await queries.lockCorpus(tx, first.key.tenantId);
    const ids = await queries.upsertDocuments(tx, corpusId, batch);
    await queries.deleteChunks(tx, [...ids.values()]);
    const chunks = batch.flatMap(({ key, chunks: own }) => {
      const id = ids.get(queries.documentName(key));
      return id === undefined ? [] : own.map((chunk) => ({ ...chunk, document_id: id }));
    });
    if (chunks.length === 0) continue;
    await queries.insertChunks(tx, corpusId, chunks);
    await wantVectors(tx, corpusId);
  }
}

/** Indexes one document; see indexDocuments. */
export function indexDocument(tx: Tx, document: DocumentInput): Promise<void> {
  return indexDocuments(tx, [document]);
}

/** Takes a document out of the index inside the caller's unit of work; answers whether there was one. */
export async function removeDocument(tx: Tx, key: DocumentKey): Promise<boolean> {
  return queries.deleteDocument(tx, await queries.lockCorpus(tx, key.tenantId), key);
}

/**
 * Brings the index of one source to exactly these documents: new ones, changed ones and those that an older version of the
 * application indexed are written, those that are no longer among them are taken out. They are read once nobody else writes to the
 * corpus: what is published in between would be taken out again.
 */
export async function syncDocuments(tx: Tx, of: Omit<DocumentKey, "sourceId">, read: () => Promise<DocumentInput[]>): Promise<{ indexed: number; removed: number }> {
  await queries.lockCorpus(tx, of.tenantId);
  const documents = await read();
  const hashes = await queries.listContentHashes(tx, of);
  const outdated = documents.filter((document) => hashes.get(document.sourceId) !== contentHash(document));
  await indexDocuments(tx, outdated);
  const gone = [...hashes.keys()].filter((sourceId) => !documents.some((document) => document.sourceId === sourceId));
  for (const sourceId of gone) await removeDocument(tx, { ...of, sourceId });
  return { indexed: outdated.length, removed: gone.length };
}

/** How many documents each of these organisations has; those without any are left out. */
export function countDocumentsOf(principal: Principal, tenantIds: string[]): Promise<Map<string, number>> {
  return db.as(principal, (tx) => queries.countDocuments(tx, tenantIds));
}

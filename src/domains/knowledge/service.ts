import type { Tx } from "#platform/db/unit-of-work.ts";
import { contentHash, prepareDocument } from "./indexed.ts";
import { wantVectors } from "./jobs.ts";
import * as queries from "./queries.ts";
import type { DocumentInput, DocumentKey } from "./schema.ts";

/** Documents written in one statement, at most. */
const batchSize = 50;

/**
 * Indexes documents of one tenant (or public ones) inside the caller's unit of work, replacing those that are there:
 * found from the moment that it commits, and not before.
 */
export async function indexDocuments(tx: Tx, documents: DocumentInput[]): Promise<void> {
  for (let from = 0; from < documents.length; from += batchSize) {
    const batch = documents.slice(from, from + batchSize).map(prepareDocument);
    const [first] = batch;
    if (!first) return;
    const corpusId = await queries.lockCorpus(tx, first.key.tenantId);
    const ids = await queries.upsertDocuments(tx, corpusId, batch);
    const free = await queries.deleteChunks(tx, [...ids.values()]);
    const chunks = batch.flatMap(({ key, chunks: own }) => {
      const id = ids.get(`${key.source} ${key.sourceId}`);
      return id === undefined ? [] : own.map((chunk) => ({ ...chunk, document_id: id }));
    });
    if (chunks.length === 0) continue;
    await queries.insertChunks(tx, corpusId, chunks, free);
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
 * Of documents of one source, those that the index doesn't hold as they are now: new ones, changed ones, and those that
 * an older version of the application indexed.
 */
export async function outdated(tx: Tx, documents: DocumentInput[]): Promise<DocumentInput[]> {
  const [first] = documents;
  if (!first) return [];
  const hashes = await queries.listContentHashes(tx, first);
  return documents.filter((document) => hashes.get(document.sourceId) !== contentHash(document));
}

import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";
import type { AnswerFrom } from "./answerable.ts";
import type { IndexedChunk, IndexedDocument } from "./indexed.ts";
import type { DocumentKey } from "./schema.ts";

/**
 * Takes a corpus for writing until the unit of work ends, and makes it when it is new: writers of one corpus wait for
 * one another, so that its statistics stay exact and two of them never deadlock. Answers its id.
 */
export async function lockCorpus(tx: Tx, tenantId: string | null): Promise<number> {
  const find = () => sql<{ id: number }>`
    select id from app.corpora where tenant_id is not distinct from ${tenantId}::uuid for update`.execute(tx);
  let { rows } = await find();
  if (rows.length === 0) {
    await sql`insert into app.corpora (tenant_id) values (${tenantId}) on conflict do nothing`.execute(tx);
    ({ rows } = await find());
  }
  const [corpus] = rows;
  if (!corpus) throw new Error("The corpus can't be seen by who writes to it");
  return corpus.id;
}

/** A document's name within its corpus, as a key. */
export function documentName({ source, sourceId }: Pick<DocumentKey, "source" | "sourceId">): string {
  return JSON.stringify([source, sourceId]);
}

/** Inserts or replaces documents without their passages; answers their ids by documentName. The corpus is locked. */
export async function upsertDocuments(tx: Tx, corpusId: number, documents: IndexedDocument[]): Promise<Map<string, string>> {
  const values = documents.map(({ key, chunks, ...document }) => ({
    ...document, tenant_id: key.tenantId, source: key.source, source_id: key.sourceId, chunk_count: chunks.length,
  }));
  const { rows } = await sql<{ id: string; source: string; source_id: string }>`
    insert into app.documents (corpus_id, tenant_id, source, source_id, title, url, language, tags, body, content_hash, chunk_count, updated_at)
    select ${corpusId}, tenant_id, source, source_id, title, url, language, tags, body, content_hash, chunk_count, updated_at
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as input (
      tenant_id uuid, source text, source_id text, title text, url text, language text, tags text[], body text,
      content_hash text, chunk_count int, updated_at timestamptz)
    on conflict (tenant_id, source, source_id) do update set title = excluded.title, url = excluded.url,
      language = excluded.language, tags = excluded.tags, body = excluded.body, content_hash = excluded.content_hash,
      chunk_count = excluded.chunk_count, updated_at = excluded.updated_at
    returning id, source, source_id`.execute(tx);
  return new Map(rows.map((row) => [documentName({ source: row.source, sourceId: row.source_id }), row.id]));
}

/** Deletes the passages of documents; their postings and counts go with them (trigger app.forget_chunks). */
export async function deleteChunks(tx: Tx, documentIds: string[]): Promise<void> {
  await sql`delete from app.chunks where document_id = any (${documentIds}::uuid[])`.execute(tx);
}

/**
 * Inserts passages with their postings and brings the corpus's counts up to date, in one statement. They take the numbers
 * that others gave back first. The corpus is locked.
 */
export async function insertChunks(tx: Tx, corpusId: number, chunks: (IndexedChunk & { document_id: string })[]): Promise<void> {
  await sql`
    with corpus as materialized (
      select free_numbers, next_number, cardinality(free_numbers) as free from app.corpora where id = ${corpusId}
    ), input as materialized (
      select input.*, case when place <= free then free_numbers[place::int] else next_number + place::int - free - 1 end as number
      from corpus cross join rows from (jsonb_to_recordset(${JSON.stringify(chunks)}::jsonb) as (
        document_id uuid, position int, heading_path text, anchor text, content text, start_offset int, end_offset int,
        length int, title_terms text[], terms text[], frequencies smallint[])) with ordinality as input (
        document_id, position, heading_path, anchor, content, start_offset, end_offset, length, title_terms, terms, frequencies, place)
    ), held as materialized (
      select number, word.term collate "C" as term, least(word.tf, 63)::int as tf, least(length, 16383) as length
      from input cross join lateral unnest(terms, frequencies) as word (term, tf)
    ), known as materialized (
      select held.term, known.id from (select distinct term from held) held
      left join lateral (select id from app.terms where corpus_id = ${corpusId} and term = held.term offset 0) known on true
    ), fresh as (
      insert into app.terms (corpus_id, term) select ${corpusId}, term from known where id is null returning id, term
    ), term as materialized (
      select id, term from known where id is not null union all select id, term from fresh
    ), posting as (
      insert into app.postings (term_id, block, corpus_id, entries)
      select term.id, number >> 10, ${corpusId}, array_agg(((number & 1023) << 20) | (tf << 14) | length order by number)
      from held join term using (term) group by 1, 2
      on conflict (term_id, block) do update set entries = postings.entries || excluded.entries
    ), chunk as (
      insert into app.chunks (corpus_id, number, document_id, position, heading_path, anchor, content, start_offset, end_offset, length,
        term_ids, frequencies, title_terms)
      select ${corpusId}, number, document_id, position, heading_path, anchor, content, start_offset, end_offset, length,
        coalesce(own.term_ids, '{}'), coalesce(own.frequencies, '{}'), title_terms
      from input left join (
        select number, array_agg(term.id) as term_ids, array_agg(tf::smallint) as frequencies from held join term using (term) group by number
      ) own using (number)
    )
    update app.corpora set version = version + 1, chunk_count = chunk_count + added.chunks, total_length = total_length + added.length,
      next_number = next_number + greatest(added.chunks - cardinality(free_numbers), 0), free_numbers = free_numbers[added.chunks + 1:]
    from (select count(*)::int as chunks, coalesce(sum(length), 0) as length from input) added
    where id = ${corpusId}`.execute(tx);
}

/** Removes a document with its passages; answers whether there was one. The corpus is locked. */
export async function deleteDocument(tx: Tx, corpusId: number, key: DocumentKey): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("app.documents")
    .where("corpus_id", "=", corpusId)
    .where("source", "=", key.source)
    .where("source_id", "=", key.sourceId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** What each document of a source was indexed from, by its id there. */
export async function listContentHashes(tx: Tx, { tenantId, source }: Omit<DocumentKey, "sourceId">): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom("app.documents")
    .select(["source_id", "content_hash"])
    .where("source", "=", source)
    .where(sql<boolean>`tenant_id is not distinct from ${tenantId}::uuid`)
    .execute();
  return new Map(rows.map((row) => [row.source_id, row.content_hash]));
}

/** Every visible corpus that a search of the principal's asks, with its state. */
export async function listCorpora(tx: Tx): Promise<{ id: number; chunks: number; version: number }[]> {
  const { rows } = await sql<{ id: number; chunks: number; version: number }>`
    select id, chunk_count as chunks, version from app.corpora where tenant_id is null or tenant_id = app.tenant_id() order by id`.execute(tx);
  return rows;
}

/** A corpus's id, null where a tenant has none yet. */
export async function findCorpus(tx: Tx, tenantId: string | null): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`select id from app.corpora where tenant_id is not distinct from ${tenantId}::uuid`.execute(tx);
  return rows[0]?.id ?? null;
}

/** Stores from where on a corpus's passages answer a question; answers made by the old measure are not reused. */
export async function storeCalibration(tx: Tx, corpusId: number, { match, similarity }: AnswerFrom): Promise<void> {
  await tx
    .updateTable("app.corpora")
    .set((row) => ({ answer_from_match: match, answer_from_similarity: similarity, version: sql<number>`${row.ref("version")} + 1` }))
    .where("id", "=", corpusId)
    .execute();
}

/** Differences between the index and a recount of it; all 0 when it is exact. */
export interface Drift {
  /** Terms that no passage holds, or that lack a posting list. */
  terms: number;
  /** Postings that no passage has, or that a passage lacks, or with another frequency or length. */
  postings: number;
  chunks: number;
  length: number;
}

/** Recounts every visible corpus from its passages. */
export async function countDrift(tx: Tx): Promise<Drift> {
  const { rows } = await sql<Drift>`
    with held as materialized (
      select corpus_id, number, least(length, 16383) as length, word.term_id, least(word.tf, 63) as tf
      from app.chunks cross join lateral unnest(term_ids, frequencies) as word (term_id, tf)
    ), posted as (
      select corpus_id, (block << 10) | (entry >> 20) as number, entry & 16383 as length, term_id, (entry >> 14) & 63 as tf
      from app.postings cross join lateral unnest(entries) as entry
    ), corpus as (
      select corpus_id, count(*)::int as chunks, sum(length) as length from app.chunks group by corpus_id
    )
    select (select count(*)::int from app.terms term full join (select distinct term_id from held) held on term_id = term.id
        where term.id is null or term_id is null) as terms,
      (select count(*)::int from ((table held except all table posted) union all (table posted except all table held)) difference)
        + (select count(*)::int from app.postings where entries = '{}') as postings,
      (select coalesce(sum(abs(chunk_count - coalesce(chunks, 0))), 0)::int from app.corpora left join corpus on corpus_id = id) as chunks,
      (select coalesce(sum(abs(total_length - coalesce(length, 0))), 0)::int from app.corpora left join corpus on corpus_id = id) as length`.execute(tx);
  const [drift] = rows;
  if (!drift) throw new Error("The recount gave nothing");
  return drift;
}

/** How many documents each of these organisations has; those without any are left out. */
export async function countDocuments(tx: Tx, tenantIds: string[]): Promise<Map<string, number>> {
  if (tenantIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom("app.documents").select((select) => ["tenant_id", select.fn.countAll<number>().as("count")]).where("tenant_id", "in", tenantIds).groupBy("tenant_id").execute();
  return new Map(rows.map(({ tenant_id, count }) => [tenant_id ?? "", count]));
}

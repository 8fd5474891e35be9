import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";
import type { Chunk } from "./chunk.ts";
import type { DocumentInput, Passage, RetrieveOptions } from "./schema.ts";

/** Inserts or replaces a document and its passages. */
export async function writeDocument(tx: Tx, document: DocumentInput, contentHash: string, chunks: Chunk[]): Promise<void> {
  const { id } = await tx
    .insertInto("app.documents")
    .values({
      tenant_id: document.tenantId,
      source: document.source,
      source_id: document.sourceId,
      title: document.title,
      url: document.url,
      content_hash: contentHash,
      chunk_count: chunks.length,
    })
    .onConflict((conflict) =>
      conflict.columns(["tenant_id", "source", "source_id"]).doUpdateSet((row) => ({
        title: row.ref("excluded.title"),
        url: row.ref("excluded.url"),
        content_hash: row.ref("excluded.content_hash"),
        chunk_count: row.ref("excluded.chunk_count"),
        updated_at: sql<Date>`now()`,
      })),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  await tx.deleteFrom("app.chunks").where("document_id", "=", id).execute();
  if (chunks.length === 0) return;
  const named = [document.title, ...document.keywords].join(" ");
  await tx
    .insertInto("app.chunks")
    .values(
      chunks.map((chunk, position) => ({
        document_id: id,
        tenant_id: document.tenantId,
        position,
        heading_path: chunk.headings.join(" › "),
        anchor: chunk.anchor,
        content: chunk.content,
        start_offset: chunk.start,
        end_offset: chunk.end,
        title_stems: position === 0 ? sql<string[]>`nullif(tsvector_to_array(to_tsvector('english', ${document.title})), '{}')` : null,
        search: sql<string>`setweight(to_tsvector('english', ${[named, ...chunk.headings].join(" ")}), 'A')
          || setweight(to_tsvector('english', ${chunk.content}), 'B')`,
      })),
    )
    .execute();
}

/** Removes a document with its passages; answers whether there was one. */
export async function removeDocument(tx: Tx, key: Pick<DocumentInput, "tenantId" | "source" | "sourceId">): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("app.documents")
    .where(sql<boolean>`tenant_id is not distinct from ${key.tenantId}`)
    .where("source", "=", key.source)
    .where("source_id", "=", key.sourceId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Stems that only ask what a thing is: no passage answers better for holding them. */
const definingStems = ["mean", "meant", "explain", "defin", "definit", "describ"];

interface RetrievedRow {
  question_index: number;
  lexemes: string[];
  searched: number;
  passage: (Omit<Passage, "updatedAt" | "heading"> & { heading: string; updatedAt: string }) | null;
}

/**
 * The best passages of each question in one statement: any of its words may match, sections are ranked by ts_rank
 * (title and headings weigh more) divided by 1 + log(length); the opening of a document comes first when the question
 * asks for its title and nothing more. What the caller may see is up to row security.
 */
export async function findPassages(tx: Tx, questions: string[], { limit, source }: RetrieveOptions) {
  const { rows } = await sql<RetrievedRow>`
    with asked as materialized (
      select (ordinality - 1)::int as question_index, coalesce(telling, stems) as lexemes,
        regexp_replace(plainto_tsquery('english', question)::text, '&|<->', '|', 'g')::tsquery as any_word
      from unnest(${questions}::text[]) with ordinality as input (question, ordinality)
      cross join lateral (select tsvector_to_array(to_tsvector('english', question)) as stems) as every
      cross join lateral (
        select array_agg(stem) as telling from unnest(stems) as word (stem) where stem <> all (${definingStems}::text[])
      ) as told
    ), corpus as materialized (select coalesce(sum(chunk_count), 0)::int as searched from app.documents)
    select asked.question_index, asked.lexemes, corpus.searched,
      case when found.id is null then null else jsonb_build_object(
        'chunkId', found.id, 'source', document.source, 'sourceId', document.source_id, 'title', document.title,
        'url', document.url || case found.anchor when '' then '' else '#' || found.anchor end,
        'heading', found.heading_path, 'content', found.content, 'updatedAt', document.updated_at,
        'score', found.score,
        'coverage', (select count(*) from unnest(asked.lexemes) as word (stem) where stem = any (tsvector_to_array(found.search)))
          / greatest(cardinality(asked.lexemes), 1)::real
      ) end as passage
    from asked cross join corpus
    left join lateral (
      select chunk.*, ts_rank(chunk.search, asked.any_word, 1 | 32)
        + case when chunk.title_stems <@ asked.lexemes and asked.lexemes <@ chunk.title_stems
          then 1 else 0 end as score
      from app.chunks chunk
      where chunk.search @@ asked.any_word
        and (${source ?? null}::text is null or exists (
          select from app.documents of where of.id = chunk.document_id and of.source = ${source ?? null}))
      order by score desc, chunk.id
      limit ${limit}
    ) found on true
    left join app.documents document on document.id = found.document_id
    order by asked.question_index, found.score desc nulls last, found.id`.execute(tx);
  return rows;
}

/** Stems of each text, without stop words, as the index holds them. */
export async function lexemesOf(tx: Tx, texts: string[]): Promise<string[][]> {
  const { rows } = await sql<{ lexemes: string[] }>`
    select tsvector_to_array(to_tsvector('english', input.body)) as lexemes
    from unnest(${texts}::text[]) with ordinality as input (body, place) order by place`.execute(tx);
  return rows.map((row) => row.lexemes);
}

import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { HelpLanguage, HelpSource, HelpTopic, type HelpEntry, type HelpFeedbackRequest, type HelpSummary } from "./schema.ts";
import type { SeedEntry } from "./seed-files.ts";

const summaryColumns = ["id", "title", "short", "topic", "tags", "language", "translates", "updated_at"] as const;

/** Every published entry without its text. */
export async function listSummaries(tx: Tx): Promise<HelpSummary[]> {
  const rows = await tx.selectFrom("app.help_entries").select(summaryColumns).orderBy("title").execute();
  return rows.map(({ updated_at, topic, language, translates, ...row }) => ({
    ...row,
    topic: HelpTopic.parse(topic),
    language: HelpLanguage.parse(language),
    ...(translates === null ? {} : { translates }),
    updatedAt: updated_at.toISOString(),
  }));
}

/** One published entry and its content hash, or null. */
export async function findEntry(tx: Tx, id: string): Promise<{ entry: HelpEntry; hash: string } | null> {
  const row = await tx
    .selectFrom("app.help_entries")
    .select([...summaryColumns, "sources", "questions", "body", "content_hash"])
    .where("id", "=", id)
    .executeTakeFirst();
  if (!row) return null;
  const { updated_at, topic, language, translates, sources, content_hash, ...rest } = row;
  const entry = {
    ...rest,
    topic: HelpTopic.parse(topic),
    language: HelpLanguage.parse(language),
    ...(translates === null ? {} : { translates }),
    sources: z.array(HelpSource).parse(sources),
    updatedAt: updated_at.toISOString(),
  };
  return { entry, hash: content_hash };
}

/** Short texts of entries by id, for search results. */
export async function listSummariesOf(tx: Tx, ids: string[]): Promise<HelpSummary[]> {
  if (ids.length === 0) return [];
  return (await listSummaries(tx)).filter((entry) => ids.includes(entry.id));
}

/** What the seed needs to know of each entry: what was seeded last, and whether a person has changed anything since. */
export async function listSeedStates(tx: Tx): Promise<{ id: string; seededHash: string | null; byPerson: boolean }[]> {
  const byPerson = sql<boolean>`(content_hash is distinct from seeded_hash or status <> 'published' or revision <> coalesce(published_revision, revision))`;
  return tx.selectFrom("app.help_entries").select(["id", "seeded_hash as seededHash", byPerson.as("byPerson")]).execute();
}

/**
 * Writes checked-in entries, each as a new revision that readers see, in one statement. What a person, or another process
 * that seeds, has written meanwhile stays.
 */
export async function upsertSeeded(tx: Tx, entries: SeedEntry[]): Promise<void> {
  const rows = entries.map(({ id, hash, modifiedAt, ...content }) => ({ id, hash, at: modifiedAt.toISOString(), content: { ...content, translates: content.translates ?? null } }));
  await sql`
    with incoming as (
      select id, hash, at, content, c.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, hash text, at timestamptz, content jsonb),
        jsonb_to_record(content) as c (title text, short text, topic text, tags text[], sources jsonb, body text, language text, translates text, questions text[])
    ), written as (
      insert into app.help_entries as e (id, title, short, topic, tags, sources, body, language, translates, questions, content_hash, seeded_hash, updated_at, revision, published_revision)
      select id, title, short, topic, tags, sources, body, language, translates, questions, hash, hash, at, 1, 1 from incoming order by id
      on conflict (id) do update set title = excluded.title, short = excluded.short, topic = excluded.topic, tags = excluded.tags, sources = excluded.sources,
        body = excluded.body, language = excluded.language, translates = excluded.translates, questions = excluded.questions, content_hash = excluded.content_hash,
        seeded_hash = excluded.seeded_hash, updated_at = excluded.updated_at, revision = e.revision + 1, published_revision = e.revision + 1
      where e.seeded_hash <> excluded.seeded_hash and e.content_hash = e.seeded_hash and e.status = 'published' and e.revision = coalesce(e.published_revision, e.revision)
      returning id, revision
    )
    insert into app.help_revisions (entry_id, revision, content, created_at, author_id, author_name)
    select id, revision, content, at, 'seed', 'Checked-in text' from written join incoming using (id)`.execute(tx);
}

/** Every published entry as the search index needs it. */
export async function listForIndex(tx: Tx) {
  return tx
    .selectFrom("app.help_entries")
    .select(["id", "title", "tags", "questions", "language", "body", "updated_at as updatedAt"])
    .where("status", "=", "published")
    .execute();
}

export async function deleteEntry(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("app.help_entries").where("id", "=", id).execute();
}

/** Stores one rating of an entry that the principal can read; answers false when there is none. */
export async function insertFeedback(tx: Tx, row: { id: string; entryId: string; tenantId: string | null } & HelpFeedbackRequest): Promise<boolean> {
  const { rating, comment = null } = row;
  const result = await tx
    .insertInto("app.help_feedback")
    .columns(["id", "entry_id", "tenant_id", "rating", "comment"])
    .expression((from) =>
      from
        .selectFrom("app.help_entries")
        .select([sql<string>`${row.id}::uuid`.as("id"), "id as entry_id", sql<string | null>`${row.tenantId}::uuid`.as("tenant_id"), sql<number>`${rating}::smallint`.as("rating"), sql<string | null>`${comment}::text`.as("comment")])
        .where("id", "=", row.entryId)
        .where("status", "=", "published"),
    )
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

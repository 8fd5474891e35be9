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

/** What the seed needs to know of each entry: what was seeded last, and whether somebody has edited it since. */
export async function listSeedStates(tx: Tx) {
  return tx.selectFrom("app.help_entries").select(["id", "seeded_hash", "content_hash"]).execute();
}

/** Writes entries as seeded. */
export async function upsertSeeded(tx: Tx, entry: SeedEntry): Promise<void> {
  const values = {
    title: entry.title,
    short: entry.short,
    topic: entry.topic,
    tags: entry.tags,
    sources: sql<string>`${JSON.stringify(entry.sources)}::jsonb`,
    body: entry.body,
    language: entry.language,
    translates: entry.translates ?? null,
    questions: entry.questions,
    content_hash: entry.hash,
    seeded_hash: entry.hash,
    updated_at: entry.modifiedAt,
  };
  await tx
    .insertInto("app.help_entries")
    .values({ id: entry.id, ...values })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(values))
    .execute();
}

/** Every published entry as the search index needs it. */
export async function listForIndex(tx: Tx) {
  return tx
    .selectFrom("app.help_entries")
    .select(["id", "title", "tags", "questions", "language", "body", "updated_at"])
    .where("status", "=", "published")
    .execute();
}

export async function deleteEntry(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("app.help_entries").where("id", "=", id).execute();
}

/** Stores one rating. A foreign-key violation means that there is no such entry. */
export async function insertFeedback(tx: Tx, row: { id: string; entryId: string; tenantId: string | null } & HelpFeedbackRequest) {
  await tx
    .insertInto("app.help_feedback")
    .values({ id: row.id, entry_id: row.entryId, tenant_id: row.tenantId, rating: row.rating, comment: row.comment ?? null })
    .execute();
}

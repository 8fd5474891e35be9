import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { HelpContent, HelpStatus, type EditedHelpEntry, type HelpListItem, type HelpListQuery, type HelpRevision, type HelpRevisionSummary } from "./edit-schema.ts";
import { HelpLanguage, HelpTopic } from "./schema.ts";

/** Content as a revision holds it: `translates` is null where the entry translates none. */
const StoredContent = z
  .looseObject({ translates: z.string().nullish() })
  .transform(({ translates, ...content }) => (translates == null ? content : { ...content, translates }))
  .pipe(HelpContent);

const seedAuthor = "seed";

interface SummaryRow {
  revision: number;
  title: string;
  created_at: Date;
  author_id: string;
  author_name: string;
  note: string;
}

function toSummary({ revision, title, created_at, author_id, author_name, note }: SummaryRow): HelpRevisionSummary {
  return { revision, title, savedAt: created_at.toISOString(), author: author_name, checkedIn: author_id === seedAuthor, note };
}

const titleOf = sql<string>`r.content ->> 'title'`;
const summaryColumns = ["r.revision", titleOf.as("title"), "r.created_at", "r.author_id", "r.author_name", "r.note"] as const;

const revisions = (tx: Tx) => tx.selectFrom("app.help_revisions as r");
const heads = (tx: Tx) =>
  tx.selectFrom("app.help_entries as e").innerJoin("app.help_revisions as r", (join) => join.onRef("r.entry_id", "=", "e.id").onRef("r.revision", "=", "e.revision"));

/** One saved text of an entry, or null. */
export async function findRevision(tx: Tx, id: string, revision: number): Promise<HelpRevision | null> {
  const row = await revisions(tx).select([...summaryColumns, "r.content"]).where("r.entry_id", "=", id).where("r.revision", "=", revision).executeTakeFirst();
  return row ? { ...toSummary(row), content: StoredContent.parse(row.content) } : null;
}

/** An entry's newest text and state, deleted or not; `hash` is left to the caller. Null when there is none. */
export async function findEdited(tx: Tx, id: string): Promise<Omit<EditedHelpEntry, "hash"> | null> {
  const row = await heads(tx).select([...summaryColumns, "r.content", "e.id", "e.status", "e.published_revision"]).where("e.id", "=", id).executeTakeFirst();
  if (!row) return null;
  return {
    ...toSummary(row),
    id: row.id,
    content: StoredContent.parse(row.content),
    status: HelpStatus.parse(row.status),
    publishedRevision: row.published_revision,
  };
}

/** Saved texts below revision `before`, newest first. */
export async function listRevisions(tx: Tx, id: string, { before, limit }: { before: number | null; limit: number }): Promise<HelpRevisionSummary[]> {
  let query = revisions(tx).select(summaryColumns).where("r.entry_id", "=", id).orderBy("r.revision", "desc").limit(limit);
  if (before !== null) query = query.where("r.revision", "<", before);
  return (await query.execute()).map(toSummary);
}

/** Stores a text for good. */
export async function insertRevision(
  tx: Tx,
  row: { entryId: string; revision: number; content: HelpContent; author: { id: string; name: string }; note: string },
): Promise<void> {
  const { entryId, revision, content, author, note } = row;
  const stored = JSON.stringify({ ...content, translates: content.translates ?? null });
  await tx
    .insertInto("app.help_revisions")
    .values({ entry_id: entryId, revision, content: sql<string>`${stored}::jsonb`, author_id: author.id, author_name: author.name, note })
    .execute();
}

/** What a console's row is sorted by: entries of one title by their ids. */
export type ListKey = [title: string, id: string];

/** Entries by the title of their newest text, with the key of each for the next page. */
export async function listHeads(
  tx: Tx,
  { q, status, topic, language, changes }: HelpListQuery,
  { after, limit }: { after: ListKey | null; limit: number },
): Promise<{ item: HelpListItem; key: ListKey }[]> {
  const sortKey = sql<string>`lower(r.content ->> 'title')`;
  const text = sql`concat_ws(' ', e.id, r.content ->> 'title', r.content ->> 'short', r.content ->> 'tags', r.content ->> 'questions', r.content ->> 'body')`;
  const words = (q ?? "").split(/\s+/).filter((word) => word !== "").slice(0, 12);
  let query = heads(tx)
    .select([...summaryColumns, "e.id", "e.status", "e.published_revision", sql<string>`r.content ->> 'topic'`.as("topic"), sql<string>`r.content ->> 'language'`.as("language"), sortKey.as("sort_key")])
    .where("e.status", status === undefined ? "<>" : "=", status ?? "deleted")
    .orderBy(sortKey)
    .orderBy("e.id")
    .limit(limit);
  for (const word of words) query = query.where(sql<boolean>`${text} ilike ${`%${word.replaceAll(/[\\%_]/g, "\\$&")}%`}`);
  if (topic !== undefined) query = query.where(sql<boolean>`r.content ->> 'topic' = ${topic}`);
  if (language !== undefined) query = query.where(sql<boolean>`r.content ->> 'language' = ${language}`);
  if (changes !== undefined) query = query.where(sql<boolean>`e.revision is distinct from e.published_revision`);
  if (after !== null) query = query.where(sql<boolean>`(${sortKey}, e.id) > (${after[0]}, ${after[1]})`);
  const rows = await query.execute();
  return rows.map((row) => {
    const { revision, title, savedAt, author } = toSummary(row);
    const item = {
      id: row.id, title, revision, savedAt, author,
      topic: HelpTopic.parse(row.topic),
      language: HelpLanguage.parse(row.language),
      status: HelpStatus.parse(row.status),
      publishedRevision: row.published_revision,
    };
    return { item, key: [row.sort_key, row.id] };
  });
}

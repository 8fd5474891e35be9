import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { HelpStatus, type HelpContent } from "./edit-schema.ts";
import { HelpLanguage } from "./schema.ts";

/** An entry that nobody else changes until the unit of work ends; its text is what readers see of it when it is published. */
export interface LockedEntry {
  id: string;
  revision: number;
  publishedRevision: number | null;
  status: HelpStatus;
  title: string;
  body: string;
  tags: string[];
  questions: string[];
  language: "en" | "fr";
  updatedAt: Date;
}

/** Takes hold of an entry; null when there is none. */
export async function lockEntry(tx: Tx, id: string): Promise<LockedEntry | null> {
  const row = await tx
    .selectFrom("app.help_entries")
    .select(["id", "revision", "published_revision as publishedRevision", "status", "title", "body", "tags", "questions", "language", "updated_at as updatedAt"])
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row ? { ...row, status: HelpStatus.parse(row.status), language: HelpLanguage.parse(row.language) } : null;
}

/** True when there is such an entry and it isn't deleted. */
export async function entryExists(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.selectFrom("app.help_entries").select("id").where("id", "=", id).where("status", "<>", "deleted").executeTakeFirst();
  return row !== undefined;
}

function columns({ title, short, topic, tags, sources, body, language, translates, questions }: HelpContent) {
  return { title, short, topic, tags, body, language, translates: translates ?? null, questions, sources: sql<string>`${JSON.stringify(sources)}::jsonb` };
}

/** Makes an entry that readers don't see yet, at revision 1. False when the id is taken, by a deleted entry too. */
export async function insertEntry(tx: Tx, id: string, content: HelpContent, hash: string): Promise<boolean> {
  const row = await tx
    .insertInto("app.help_entries")
    .values({ id, ...columns(content), content_hash: hash, status: "unpublished", revision: 1 })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

export async function setHead(tx: Tx, id: string, revision: number): Promise<void> {
  await tx.updateTable("app.help_entries").set({ revision }).where("id", "=", id).execute();
}

/** Makes a text what readers see; answers when it last changed for them. */
export async function setPublished(tx: Tx, id: string, { revision, content, hash }: { revision: number; content: HelpContent; hash: string }): Promise<Date> {
  const { updated_at } = await tx
    .updateTable("app.help_entries")
    .set({
      ...columns(content),
      content_hash: hash,
      status: "published",
      published_revision: revision,
      updated_at: sql<Date>`case when content_hash = ${hash} then updated_at else now() end`,
    })
    .where("id", "=", id)
    .returning("updated_at")
    .executeTakeFirstOrThrow();
  return updated_at;
}

export async function setStatus(tx: Tx, id: string, status: HelpStatus, publishedRevision: number | null): Promise<void> {
  await tx.updateTable("app.help_entries").set({ status, published_revision: publishedRevision }).where("id", "=", id).execute();
}

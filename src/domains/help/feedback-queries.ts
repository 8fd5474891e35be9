import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";
import type { FeedbackItem, FeedbackQuery, FeedbackSummary } from "./edit-schema.ts";

const feedback = (tx: Tx) => tx.selectFrom("app.help_feedback as f").innerJoin("app.help_entries as e", "e.id", "f.entry_id");
const columns = ["f.id", "f.entry_id", "e.title", "f.rating", "f.comment", "f.created_at", "f.handled_at"] as const;

interface FeedbackRow {
  id: string;
  entry_id: string;
  title: string;
  rating: number;
  comment: string | null;
  created_at: Date;
  handled_at: Date | null;
}

function toItem({ id, entry_id, title, rating, comment, created_at, handled_at }: FeedbackRow): FeedbackItem {
  return { id, entryId: entry_id, entryTitle: title, rating, comment, createdAt: created_at.toISOString(), handledAt: handled_at?.toISOString() ?? null };
}

/** Ratings below the id `before`, newest first. */
export async function listFeedback(tx: Tx, { entry, rating, handled, comment }: FeedbackQuery, { before, limit }: { before: string | null; limit: number }): Promise<FeedbackItem[]> {
  let query = feedback(tx).select(columns).orderBy("f.id", "desc").limit(limit);
  if (entry !== undefined) query = query.where("f.entry_id", "=", entry);
  if (rating !== undefined) query = query.where("f.rating", "=", rating);
  if (handled !== undefined) query = query.where("f.handled_at", handled === "yes" ? "is not" : "is", null);
  if (comment !== undefined) query = query.where("f.comment", "is not", null);
  if (before !== null) query = query.where("f.id", "<", before);
  return (await query.execute()).map(toItem);
}

/** What each rated entry got, the worst first. */
export async function summariseFeedback(tx: Tx): Promise<FeedbackSummary["entries"]> {
  return feedback(tx)
    .select(["e.id as entryId", "e.title", sql<number>`count(*)::int`.as("ratings"), sql<number>`avg(f.rating)::float8`.as("average"), sql<number>`count(*) filter (where f.handled_at is null)::int`.as("unhandled")])
    .groupBy(["e.id", "e.title"])
    .orderBy("average")
    .orderBy("ratings", "desc")
    .orderBy("e.id")
    .execute();
}

/** Marks a rating as dealt with, or not; answers whether that changed anything, null when there is no such rating. */
export async function setHandled(tx: Tx, id: string, handled: boolean): Promise<{ item: FeedbackItem; changed: boolean } | null> {
  const row = await tx.selectFrom("app.help_feedback").select("handled_at").where("id", "=", id).forUpdate().executeTakeFirst();
  if (!row) return null;
  const changed = (row.handled_at !== null) !== handled;
  if (changed) await tx.updateTable("app.help_feedback").set({ handled_at: handled ? sql<Date>`now()` : null }).where("id", "=", id).execute();
  const item = await feedback(tx).select(columns).where("f.id", "=", id).executeTakeFirstOrThrow();
  return { item: toItem(item), changed };
}

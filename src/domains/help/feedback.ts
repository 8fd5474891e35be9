import { pageOf } from "#lib/cursor.ts";
import { AppError } from "#lib/errors.ts";
import type { Admin } from "#platform/auth/principal.ts";
import { audit } from "#platform/db/audit.ts";
import { db } from "#platform/db/unit-of-work.ts";
import type { FeedbackItem, FeedbackList, FeedbackQuery, FeedbackSummary } from "./edit-schema.ts";
import * as queries from "./feedback-queries.ts";

/** Readers' ratings and comments, newest first. */
export async function listHelpFeedback(admin: Admin, query: FeedbackQuery): Promise<FeedbackList> {
  const [before = null] = query.cursor ?? [];
  const rows = await db.as(admin, (tx) => queries.listFeedback(tx, query, { before, limit: query.limit + 1 }));
  return pageOf(rows, query.limit, ({ id }) => [id]);
}

/** Average and number of ratings of each entry that has some, the worst first. */
export async function summariseHelpFeedback(admin: Admin): Promise<FeedbackSummary> {
  return { entries: await db.as(admin, queries.summariseFeedback) };
}

/** Marks a rating as dealt with, or not. Throws NOT_FOUND. */
export async function markHelpFeedback(admin: Admin, id: string, handled: boolean): Promise<FeedbackItem> {
  return db.as(admin, async (tx) => {
    const marked = await queries.setHandled(tx, id, handled);
    if (!marked) throw new AppError("NOT_FOUND", { detail: "This feedback isn't there any more. Reload the list." });
    if (marked.changed) await audit(tx, handled ? "feedback.handled" : "feedback.reopened", id, { before: { handled: !handled }, after: { handled, entry: marked.item.entryId } });
    return marked.item;
  });
}

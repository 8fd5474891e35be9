import { sql, type Selectable } from "kysely";
import type { Schema } from "#platform/db/schema.ts";
import type { Tx } from "#platform/db/unit-of-work.ts";
import type { MailEntry, MailQuery, MailText } from "./schema.ts";

export interface Mail {
  /** What it is about, such as `password-reset`. */
  kind: string;
  recipient: string;
  subject: string;
  /** Plain text. */
  body: string;
}

export async function postMail(tx: Tx, { kind, recipient, subject, body }: Mail): Promise<void> {
  await sql`select app.post_mail(${kind}, ${recipient}, ${subject}, ${body})`.execute(tx);
}

/** Mails that wait, oldest first. */
export async function listUndelivered(tx: Tx, attemptsAtMost: number): Promise<(Mail & { id: string })[]> {
  return tx
    .selectFrom("app.mail")
    .select(["id", "kind", "recipient", "subject", "body"])
    .where("sent_at", "is", null)
    .where("attempts", "<", attemptsAtMost)
    .orderBy("id")
    .limit(100)
    .execute();
}

export async function markDelivered(tx: Tx, id: string): Promise<void> {
  await tx.updateTable("app.mail").set({ sent_at: sql`now()`, attempts: sql`attempts + 1`, last_error: null }).where("id", "=", id).execute();
}

export async function markFailed(tx: Tx, id: string, reason: string): Promise<void> {
  await tx.updateTable("app.mail").set({ attempts: sql`attempts + 1`, last_error: reason.slice(0, 500) }).where("id", "=", id).execute();
}

/** Deletes mails older than so many days; answers how many. */
export async function deleteOldMail(tx: Tx, days: number): Promise<number> {
  const { numDeletedRows } = await tx.deleteFrom("app.mail").where("created_at", "<", sql<Date>`now() - ${days} * interval '1 day'`).executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

const columns = ["id", "kind", "recipient", "subject", "created_at", "sent_at", "attempts", "last_error"] as const;
type MailRow = Pick<Selectable<Schema["app.mail"]>, (typeof columns)[number]>;

function toEntry({ created_at, sent_at, last_error, ...row }: MailRow, attemptsAtMost: number): MailEntry {
  const state = sent_at !== null ? "delivered" : row.attempts >= attemptsAtMost ? "failed" : "waiting";
  return { ...row, state, createdAt: created_at.toISOString(), sentAt: sent_at?.toISOString() ?? null, lastError: last_error };
}

/** Mails of a state and kind, the newest first, before `beforeId`, without their texts. */
export async function listMail(tx: Tx, { state, kind }: Pick<MailQuery, "state" | "kind">, attemptsAtMost: number, limit: number, beforeId?: string): Promise<MailEntry[]> {
  const rows = await tx
    .selectFrom("app.mail")
    .select(columns)
    .$if(state === "delivered", (query) => query.where("sent_at", "is not", null))
    .$if(state === "waiting", (query) => query.where("sent_at", "is", null).where("attempts", "<", attemptsAtMost))
    .$if(state === "failed", (query) => query.where("sent_at", "is", null).where("attempts", ">=", attemptsAtMost))
    .$if(kind !== undefined, (query) => query.where("kind", "=", kind ?? ""))
    .$if(beforeId !== undefined, (query) => query.where("id", "<", beforeId ?? ""))
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => toEntry(row, attemptsAtMost));
}

/** One mail with its text, or null. */
export async function findMail(tx: Tx, id: string, attemptsAtMost: number): Promise<MailText | null> {
  const row = await tx.selectFrom("app.mail").select([...columns, "body"]).where("id", "=", id).executeTakeFirst();
  if (!row) return null;
  const { body, ...rest } = row;
  return { ...toEntry(rest, attemptsAtMost), body };
}

export async function resetAttempts(tx: Tx, id: string): Promise<void> {
  await tx.updateTable("app.mail").set({ attempts: 0, last_error: null }).where("id", "=", id).execute();
}

import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";

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

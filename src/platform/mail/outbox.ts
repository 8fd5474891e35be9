import { pageOf } from "#lib/cursor.ts";
import { AppError } from "#lib/errors.ts";
import { hasAdminRole, type Admin } from "#platform/auth/principal.ts";
import { environment } from "#platform/config/environment.ts";
import { audit } from "#platform/db/audit.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { enqueue } from "#platform/queue/queue.ts";
import { attemptsAtMost, deliverMail } from "./mail.ts";
import * as queries from "./queries.ts";
import type { MailEntry, MailQuery, MailText } from "./schema.ts";

const noSuchMail = () => new AppError("NOT_FOUND", { detail: "There is no such mail. Mails are deleted after 30 days." });

/** A page of the outbox, the newest first, without texts. Recipients are whole for super administrators only. */
export async function listMail(admin: Admin, { cursor, limit, ...filters }: MailQuery): Promise<{ mails: MailEntry[]; next: string | null; smtp: boolean }> {
  const found = await db.as(admin, (tx) => queries.listMail(tx, filters, attemptsAtMost, limit + 1, cursor?.[0]));
  const { items: rows, nextCursor: next } = pageOf(found, limit, ({ id }) => [id]);
  const whole = hasAdminRole(admin.role, "super_admin");
  return { mails: rows.map((mail) => (whole ? mail : { ...mail, recipient: masked(mail.recipient) })), next, smtp: environment().SMTP_URL !== undefined };
}

/**
 * One mail with its text, which may hold a link that signs somebody in: that it was read is kept in the audit, where every
 * administrator finds it. Throws NOT_FOUND.
 */
export async function readMail(admin: Admin, id: string): Promise<MailText> {
  return db.as(admin, async (tx) => {
    const mail = await queries.findMail(tx, id, attemptsAtMost);
    if (!mail) throw noSuchMail();
    await audit(tx, "mail.read", id, { after: { kind: mail.kind, recipient: masked(mail.recipient) } });
    return mail;
  });
}

/** Tries a mail again that wasn't delivered, with as many attempts as a new one. Throws NOT_FOUND, CONFLICT. */
export async function retryMail(admin: Admin, id: string): Promise<void> {
  await db.as(admin, async (tx) => {
    const mail = await queries.findMail(tx, id, attemptsAtMost);
    if (!mail) throw noSuchMail();
    if (mail.state === "delivered") throw new AppError("CONFLICT", { detail: "This mail was delivered. Nothing was sent again." });
    await queries.resetAttempts(tx, id);
    await enqueue(tx, deliverMail, {});
    await audit(tx, "mail.retried", id, { before: { attempts: mail.attempts } });
  });
}

/** The first character of the mailbox and the domain: enough to talk about, too little to write to. */
function masked(address: string): string {
  const at = address.lastIndexOf("@");
  return at < 1 ? "…" : `${[...address][0]}…${address.slice(at)}`;
}

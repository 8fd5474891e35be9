import { z } from "zod";
import { environment } from "#platform/config/environment.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { system } from "#platform/auth/principal.ts";
import { log } from "#platform/observability/log.ts";
import { defineJob, enqueue } from "#platform/queue/queue.ts";
import * as queries from "./queries.ts";
import type { Mail } from "./queries.ts";
import { sendBySmtp } from "./smtp.ts";

export type { Mail };

/** Mail that can't be delivered for so long stays in the outbox for somebody to look at. */
export const attemptsAtMost = 10;
const keptDays = 30;

/** Puts a mail into the outbox, in the caller's transaction: it is delivered if that commits, and only then. */
export async function postMail(tx: Tx, mail: Mail): Promise<void> {
  await queries.postMail(tx, mail);
  await enqueue(tx, deliverMail, {});
}

/**
 * Delivers what lies in the outbox over SMTP_URL. Without that setting mails are printed, and stay for administrators to
 * see. A mail that fails is tried again; others aren't held up by it.
 */
export const deliverMail = defineJob({
  name: "mail.deliver",
  data: z.object({}),
  schedule: "*/5 * * * *",
  retries: 3,
  single: true,
  async handle(_data, signal) {
    const worker = system("mail.deliver");
    const purged = await db.as(worker, (tx) => queries.deleteOldMail(tx, keptDays));
    const { SMTP_URL: url, MAIL_FROM: from } = environment();
    let [delivered, failed] = [0, 0];
    for (const mail of await db.as(worker, (tx) => queries.listUndelivered(tx, attemptsAtMost))) {
      if (signal.aborted) break;
      try {
        if (url === undefined) print(mail);
        else await sendBySmtp(url, from, mail);
        await db.as(worker, (tx) => queries.markDelivered(tx, mail.id));
        delivered += 1;
      } catch (error) {
        failed += 1;
        log().warn({ err: error, mail: mail.id, kind: mail.kind }, "a mail was not delivered");
        await db.as(worker, (tx) => queries.markFailed(tx, mail.id, error instanceof Error ? error.message : "unknown"));
      }
    }
    return { delivered, failed, purged };
  },
});

function print({ recipient, subject, body }: Mail): void {
  // Past the console, which blacks out secrets: here the link is what the reader needs.
  process.stdout.write(`\nNo SMTP_URL is set; this mail was not sent.\nTo: ${recipient}\nSubject: ${subject}\n\n${body}\n\n`);
}

import { z } from "zod";
import { askPlane, noSession } from "#platform/auth/plane-client.ts";
import { system } from "#platform/auth/principal.ts";
import { audit } from "#platform/db/audit.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { defineJob, enqueue } from "#platform/queue/queue.ts";
import { takeFrom } from "#platform/security/limits.ts";
import { recordUser } from "./account-queries.ts";
import { postPasswordNotice } from "./account-notices.ts";
import { refusal } from "./account-refusals.ts";
import type { ConfirmRequest, ConfirmResult } from "./account-schema.ts";
import { personOf, record, startSession, type Browser } from "./account-sessions.ts";

/**
 * Has a mail sent that leads to a new password, if there is such an account. A job finds out whether there is, so that
 * neither the answer nor its time says it. Throws RATE_LIMITED when the address has got several already.
 */
export async function resetPassword(email: string): Promise<void> {
  await takeFrom("mail-recipient", email);
  await db.as(system("accounts.reset"), (tx) => enqueue(tx, sendRecovery, { email }));
}

/** Has the auth plane send its mail. */
export const sendRecovery = defineJob({
  name: "accounts.send_recovery",
  data: z.object({ email: z.string() }),
  retries: 3,
  async handle({ email }) {
    await askPlane(noSession(), async (auth) => {
      const { error } = await auth.resetPasswordForEmail(email);
      if (error) throw refusal(error);
    });
    return {};
  },
});

/**
 * Does what the link of a mail is for, once, and begins a session. A new password ends all other sessions. Throws
 * INVALID_REQUEST when the link has been used or has run out.
 */
export async function confirm({ type, tokenHash, password }: ConfirmRequest, browser: Browser): Promise<ConfirmResult> {
  const user = await startSession(browser, async (auth) => {
    const { data, error } = await auth.verifyOtp({ type, token_hash: tokenHash });
    if (error) throw refusal(error);
    if (type === "recovery" && data.user && password !== undefined) {
      const { error: refused } = await auth.updateUser({ password });
      // Whoever sets the password that they have got what they wanted.
      if (refused && refused.code !== "same_password") {
        await auth.signOut({ scope: "local" });
        throw refusal(refused);
      }
      await auth.signOut({ scope: "others" });
    }
    return data.user;
  });
  if (!user) return { state: "other-mail" };
  if (type !== "recovery") {
    await record(user, browser, "account.confirmed");
    return { state: "signed-in" };
  }
  const person = personOf(user);
  await db.as({ kind: "user", userId: user.id }, async (tx) => {
    await recordUser(tx, person);
    await audit(tx, "account.password_reset", user.id);
    await postPasswordNotice(tx, person.email);
  });
  return { state: "signed-in" };
}

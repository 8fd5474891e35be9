import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { deleteLogin } from "#platform/auth/delete-login.ts";
import { askPlane, noSession } from "#platform/auth/plane-client.ts";
import { system, type Member, type User } from "#platform/auth/principal.ts";
import { audit } from "#platform/db/audit.ts";
import { errorCodeOf } from "#platform/db/errors.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { log } from "#platform/observability/log.ts";
import { defineJob, enqueue } from "#platform/queue/queue.ts";
import { deleteAccount as deleteRows, deleteUser, listOrganisationsOf } from "./account-queries.ts";
import type { OwnOrganisation } from "./account-schema.ts";
import { forgetSession, proveIdentity, type Browser } from "./account-sessions.ts";
import { emailOf } from "./accounts.ts";

/** What SQL raises when an organisation would be left without an owner. */
const noOwnerLeft = "TL001";

/**
 * Deletes a user's account, with the organisations that nobody else belongs to; their login follows at once, by a job that
 * the same transaction queues. Throws UNAUTHENTICATED for a wrong password and CONFLICT when others would be left in an
 * organisation without an owner.
 */
export async function deleteAccount({ userId }: User | Member, password: string, browser: Browser): Promise<void> {
  const email = await emailOf({ kind: "user", userId }, browser);
  await askPlane(noSession(), async (auth) => {
    await proveIdentity(auth, email, password, browser.address);
    await auth.signOut({ scope: "local" });
  });
  const organisations = await db.as(system("accounts"), (tx) => listOrganisationsOf(tx, userId));
  const stranded = organisations.filter(({ soleOwner, members }) => soleOwner && members > 1);
  if (stranded.length > 0) throw ownerNeeded(stranded);
  try {
    await db.as({ kind: "user", userId }, async (tx) => {
      await audit(tx, "account.deleted", userId, { after: { organisations: organisations.filter(({ members }) => members === 1).map(({ id }) => id) } });
      await deleteRows(tx);
      await enqueue(tx, deleteLoginJob, { userId });
    });
  } catch (error) {
    throw errorCodeOf(error) === noOwnerLeft ? ownerNeeded(organisations) : error;
  }
  // The job would end the sessions as well; copies of the cookies needn't live until then.
  await askPlane(browser, (auth) => auth.signOut({ scope: "global" })).catch((error: unknown) => log().warn({ err: error }, "sessions of a deleted account weren't ended at once"));
  forgetSession(browser);
}

/** Deletes what is left of an account that was deleted: its login, and what a log-in in between has written. */
export const deleteLoginJob = defineJob({
  name: "accounts.delete_login",
  data: z.object({ userId: z.uuid() }),
  retries: 20,
  async handle({ userId }) {
    await deleteLogin(userId);
    await db.as(system("accounts.delete_login"), (tx) => deleteUser(tx, userId));
    return {};
  },
});

function ownerNeeded(organisations: OwnOrganisation[]): AppError {
  const names = organisations.map(({ name }) => `“${name}”`).join(", ");
  return new AppError("CONFLICT", { detail: `Others belong to ${names}, and nobody else owns it. Make one of them an owner, or delete the organisation, then delete your account.` });
}

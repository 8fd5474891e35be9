import { AppError } from "#lib/errors.ts";
import { askPlane, noSession, type SessionHolder } from "#platform/auth/plane-client.ts";
import { system, type Member, type User } from "#platform/auth/principal.ts";
import { audit } from "#platform/db/audit.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { takeFrom } from "#platform/security/limits.ts";
import { postEmailNotice, postPasswordNotice } from "./account-notices.ts";
import { findUser, listOrganisationsOf, recordUser, renameUser } from "./account-queries.ts";
import { refusal } from "./account-refusals.ts";
import type { Account, AccountPerson, EmailChangeRequest, PasswordChangeRequest } from "./account-schema.ts";
import { personOf, proveIdentity, startSession, type Browser } from "./account-sessions.ts";

const asUser = ({ userId }: User | Member): User => ({ kind: "user", userId });

/** A user's own account. Writes it down where a sign-in was cut off before it could. */
export async function getAccount(principal: User | Member, holder: SessionHolder): Promise<Account> {
  const planeUser = await askPlane(holder, async (auth) => {
    const { data, error } = await auth.getUser();
    if (error) throw refusal(error);
    return data.user;
  });
  const { name, email } = personOf(planeUser);
  const user = await db.as(asUser(principal), async (tx) => {
    const known = await findUser(tx, principal.userId);
    if (known?.email === email) return known;
    await recordUser(tx, { id: principal.userId, email, name });
    return findUser(tx, principal.userId);
  });
  if (!user) throw new AppError("UNAUTHENTICATED");
  const organisations = await db.as(system("accounts"), (tx) => listOrganisationsOf(tx, principal.userId));
  return { ...user, lastSignedInAt: planeUser.last_sign_in_at ?? null, organisations };
}

/** Who a user is, null where that wasn't written down yet. */
export async function findPerson(principal: User | Member): Promise<AccountPerson | null> {
  return db.as(asUser(principal), (tx) => findUser(tx, principal.userId));
}

/** Changes the name that others see. */
export async function renameAccount(principal: User | Member, name: string): Promise<AccountPerson> {
  return db.as(asUser(principal), async (tx) => {
    const before = await renameUser(tx, principal.userId, name);
    const user = await findUser(tx, principal.userId);
    if (before === null || !user) throw new AppError("NOT_FOUND", { detail: "This account isn’t complete yet. Log in again." });
    if (before !== name) await audit(tx, "account.renamed", principal.userId, { before: { name: before }, after: { name } });
    const { createdAt: _createdAt, ...person } = user;
    return person;
  });
}

/**
 * Has a mail sent to a new address, whose link moves the account there. Throws UNAUTHENTICATED for a wrong password and
 * CONFLICT for an address that has an account.
 */
export async function changeEmail(principal: User | Member, { email, password }: EmailChangeRequest, browser: Browser): Promise<void> {
  const current = await emailOf(principal, browser);
  if (email === current) {
    const message = "This is your address already.";
    throw new AppError("INVALID_REQUEST", { detail: message, errors: [{ path: "email", message }] });
  }
  await takeFrom("mail-recipient", email);
  await askPlane(noSession(), async (auth) => {
    await proveIdentity(auth, current, password, browser.address);
    const { error } = await auth.updateUser({ email });
    await auth.signOut({ scope: "local" });
    if (error) throw refusal(error);
  });
  await db.as(asUser(principal), async (tx) => {
    await audit(tx, "account.email_change_asked", principal.userId);
    await postEmailNotice(tx, current, email);
  });
}

/** Sets another password, ends all sessions and begins a new one for this browser. Throws UNAUTHENTICATED for a wrong current one. */
export async function changePassword(principal: User | Member, { current, next }: PasswordChangeRequest, browser: Browser): Promise<void> {
  const email = await emailOf(principal, browser);
  await startSession(browser, async (auth) => {
    await proveIdentity(auth, email, current, browser.address);
    const { error } = await auth.updateUser({ password: next });
    await auth.signOut({ scope: error ? "local" : "others" });
    if (error) throw refusal(error, "next");
  });
  await db.as(asUser(principal), async (tx) => {
    await audit(tx, "account.password_changed", principal.userId);
    await postPasswordNotice(tx, email);
  });
}

/** The address that a user logs in with, as the auth plane has it. */
export async function emailOf(principal: User | Member, holder: SessionHolder): Promise<string> {
  const user = await askPlane(holder, async (auth) => (await auth.getUser()).data.user);
  if (user?.id !== principal.userId || user.email === undefined) throw new AppError("UNAUTHENTICATED");
  return user.email;
}

import { createHash } from "node:crypto";
import type { User as PlaneUser } from "@supabase/supabase-js";
import { askPlane, noSession, type AuthClient, type SessionHolder } from "#platform/auth/plane-client.ts";
import { isWholePassword } from "#platform/auth/password-rules.ts";
import { anonymous, type Principal } from "#platform/auth/principal.ts";
import { callerOf } from "#platform/auth/session.ts";
import { clearedCookies, organisationCookieName, sessionCookieNames } from "#platform/auth/session-cookie.ts";
import { AppError, isAppError } from "#lib/errors.ts";
import { plainName } from "#lib/visible-text.ts";
import { audit } from "#platform/db/audit.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { isEnabled } from "#platform/flags/flags.ts";
import { limitedNetwork, loggedNetwork } from "#platform/http/client-address.ts";
import { log } from "#platform/observability/log.ts";
import { takeFrom } from "#platform/security/limits.ts";
import { isOpenInvitation, recordUser } from "./account-queries.ts";
import { refusal, signUpClosed, wrongCredentials } from "./account-refusals.ts";
import { personNameMaxLength, type AccountPerson, type LogInRequest, type SessionChoice, type SignUpRequest, type SignUpResult } from "./account-schema.ts";

/** A request of a browser: where it comes from, and where cookies go. */
export interface Browser extends SessionHolder {
  address: string;
}

/** Makes an account. Throws CONFLICT for an address that has one, where the auth plane tells, and while sign-up is closed. */
export async function signUp({ email, password, name = "", invitation }: SignUpRequest, browser: Browser): Promise<SignUpResult> {
  if (!(await mayIn(browser.address, invitation))) throw signUpClosed();
  const user = await startSession(browser, async (auth) => {
    const { data, error } = await auth.signUp({ email, password, options: { data: { name } } });
    if (error) throw refusal(error);
    return data.session && data.user;
  });
  if (!user) return { state: "confirm-mail" };
  await record(user, browser, "account.signed_up");
  return { state: "signed-in" };
}

/**
 * Begins a session, whatever the browser held before. Throws UNAUTHENTICATED, the same for an unknown address and a wrong
 * password, and RATE_LIMITED before the auth plane is asked.
 */
export async function logIn({ email, password }: LogInRequest, browser: Browser): Promise<AccountPerson> {
  const user = await startSession(browser, (auth) => proveIdentity(auth, email, password, browser.address));
  return record(user, browser, "account.logged_in");
}

/**
 * Ends sessions in the auth plane, so that a copy of their cookies is worth nothing; without one there is nothing to do.
 * While the plane is away the browser forgets its own session all the same; for others it throws UPSTREAM_UNAVAILABLE.
 */
export async function logOut(principal: Principal, sessions: SessionChoice, browser: Browser): Promise<void> {
  if (principal.kind === "user" || principal.kind === "member") {
    await endSessions(principal.userId, sessions, browser).catch((error: unknown) => {
      if (sessions !== "this" || !isAway(error)) throw error;
      log().warn({ err: error }, "a session was forgotten by its browser alone");
    });
  } else if (sessions !== "this" && sessionCookieNames(browser.request).length > 0) {
    // It has ended, or can't be checked: then others can't be ended either.
    const { principal: known } = await callerOf({ ...browser, scope: undefined });
    if (known.kind !== "anonymous") throw new AppError("UPSTREAM_UNAVAILABLE");
  }
  if (sessions !== "others") forgetSession(browser);
}

async function endSessions(userId: string, sessions: SessionChoice, browser: Browser): Promise<void> {
  const scope = ({ this: "local", others: "others", all: "global" } as const)[sessions];
  await askPlane(browser, async (auth) => {
    const { error } = await auth.signOut({ scope });
    if (error) throw refusal(error);
  });
  await db.as({ kind: "user", userId }, (tx) => audit(tx, "account.logged_out", userId, { after: { sessions } }));
}

function isAway(error: unknown): boolean {
  return isAppError(error) && (error.code === "UPSTREAM_UNAVAILABLE" || error.code === "DATABASE_UNAVAILABLE");
}

/** Takes everything that a session leaves from the browser. */
export function forgetSession({ request, setCookie }: SessionHolder): void {
  for (const cookie of clearedCookies([...sessionCookieNames(request), organisationCookieName])) setCookie(cookie);
}

/**
 * Asks the auth plane for a new session for this browser: what it held is neither used nor left, so that a session that
 * somebody planted is replaced, never continued. It keeps what it holds when `work` throws, or begins no session.
 */
export async function startSession<T>({ request, setCookie }: Browser, work: (auth: AuthClient) => Promise<T>): Promise<T> {
  const cookies: string[] = [];
  const answer = await askPlane({ ...noSession(), setCookie: (cookie) => cookies.push(cookie) }, work);
  if (cookies.length === 0) return answer;
  const made = new Set(cookies.map((cookie) => cookie.split("=", 1)[0]));
  const left = sessionCookieNames(request).filter((name) => !made.has(name));
  for (const cookie of [...cookies, ...clearedCookies(left)]) setCookie(cookie);
  return answer;
}

/**
 * Signs in with a password, within the limits of attempts at an account, which are counted whether it exists or not.
 * Throws RATE_LIMITED and what refusal() makes of a wrong password.
 */
export async function proveIdentity(auth: AuthClient, email: string, password: string, address: string): Promise<PlaneUser> {
  await takeFrom("login-account", `${limitedNetwork(address)} ${email}`);
  await takeFrom("account-attempts", email);
  if (!isWholePassword(password)) throw wrongCredentials();
  const { data, error } = await auth.signInWithPassword({ email, password });
  if (error) throw refusal(error);
  return data.user;
}

/** Writes who has a session now, and that it began. */
export async function record(user: PlaneUser, browser: Browser, action: "account.signed_up" | "account.logged_in" | "account.confirmed"): Promise<AccountPerson> {
  return db.as({ kind: "user", userId: user.id }, async (tx) => {
    const person = await recordUser(tx, personOf(user));
    await audit(tx, action, user.id, { after: { network: loggedNetwork(browser.address) } });
    return person;
  });
}

/** A user of the auth plane as the application knows them. The plane lets clients write any name. */
export function personOf({ id, email = "", user_metadata }: PlaneUser): AccountPerson {
  const name: unknown = user_metadata["name"];
  return { id, email, name: typeof name === "string" ? plainName(name, personNameMaxLength) : "" };
}

/** Whether an account can be made from an address without an invitation. */
export async function isSignUpOpen(address: string): Promise<boolean> {
  return isEnabled("sign-up", limitedNetwork(address));
}

async function mayIn(address: string, invitation: string | undefined): Promise<boolean> {
  if (await isSignUpOpen(address)) return true;
  if (invitation === undefined) return false;
  const hash = createHash("sha256").update(invitation).digest();
  return db.as(anonymous, (tx) => isOpenInvitation(tx, hash));
}

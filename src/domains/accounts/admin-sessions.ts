import { AppError } from "#lib/errors.ts";
import { adminCookie, adminSessionHours, adminSessionIdleMinutes, clearedAdminCookie, hashSessionId, makeSessionId, shownAdminSession } from "#platform/auth/admin-session.ts";
import { hashPassword, isPassword, proveByPassword } from "#platform/auth/passwords.ts";
import { system, type Admin } from "#platform/auth/principal.ts";
import { audit } from "#platform/db/audit.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { limitedNetwork, loggedNetwork } from "#platform/http/client-address.ts";
import { takeFrom } from "#platform/security/limits.ts";
import { requireStrongPassword } from "./admin-password.ts";
import * as queries from "./admin-queries.ts";
import type { AdminCredentials } from "./admin-queries.ts";
import type { AdminLoginRequest, AdminSession, AdminSessionEntry, OwnPasswordChange } from "./admin-schema.ts";

/** A request that a session begins, goes on or ends with. */
export interface SessionExchange {
  request: Request;
  /** The client's address. */
  address: string;
  /** Takes Set-Cookie values for the response. */
  setCookie: (cookie: string) => void;
}

const keptDays = 30;
const worker = system("admin-login");
const refused = () => new AppError("UNAUTHENTICATED", { detail: "This e-mail and password don't belong together. Check both, then try again." });

/**
 * Begins a session: a new id, whatever the browser brought; the session that it had ends. Limited before a password is
 * hashed. Throws UNAUTHENTICATED in the same words and after the same time for a wrong password, an unknown e-mail and
 * somebody disabled; RATE_LIMITED.
 */
export async function logInAdmin({ email, password }: AdminLoginRequest, exchange: SessionExchange): Promise<AdminSession> {
  const { address } = exchange;
  await takeFrom("login-account", `${limitedNetwork(address)} ${email}`);
  await takeFrom("account-attempts", `admin ${email}`);
  const { known, proved } = await proveByPassword(password, () => db.as(worker, (tx) => queries.findCredentials(tx, { email })));
  if (!known || known.disabled || !proved) {
    // What was typed as an e-mail may be a password: it is kept only where it names somebody.
    await db.as(worker, (tx) => audit(tx, "admin.login_failed", known?.email ?? "unknown", { after: { network: loggedNetwork(address) } }));
    throw refused();
  }
  const earlier = await shownAdminSession(exchange.request);
  const admin = principalOf(known);
  return db.as(admin, async (tx) => {
    if (!(await isUnchanged(tx, known))) throw refused();
    if (earlier) await queries.revokeSession(tx, hashSessionId(earlier.sessionId));
    await queries.deleteOldSessions(tx, keptDays);
    const session = await beginSession(tx, admin, exchange);
    await queries.noteLogin(tx, admin.adminId);
    await audit(tx, "admin.logged_in", admin.email, { after: { network: loggedNetwork(address) } });
    return session;
  });
}

/** Ends the session that the request shows, for good, and takes its cookie away. */
export async function logOutAdmin(admin: Admin, { request, setCookie }: SessionExchange): Promise<void> {
  const shown = await shownAdminSession(request);
  setCookie(clearedAdminCookie());
  if (!shown) return;
  await db.as(admin, async (tx) => {
    if (await queries.revokeSession(tx, hashSessionId(shown.sessionId))) await audit(tx, "admin.logged_out", admin.email);
  });
}

/** An administrator's own sessions that hold. */
export async function listAdminSessions(admin: Admin, request: Request): Promise<AdminSessionEntry[]> {
  const shown = await currentHash(request);
  const sessions = await db.as(admin, (tx) => queries.listSessions(tx, admin.adminId, adminSessionIdleMinutes));
  return sessions.map((session) => ({
    id: nameOf(session.hash),
    createdAt: session.created_at.toISOString(),
    lastSeenAt: session.last_seen_at.toISOString(),
    expiresAt: session.expires_at.toISOString(),
    userAgent: session.user_agent,
    address: session.address,
    current: session.hash.equals(shown),
  }));
}

/** Ends one of the administrator's own sessions by its name. Throws NOT_FOUND. */
export async function endAdminSession(admin: Admin, name: string, { request, setCookie }: SessionExchange): Promise<void> {
  const own = nameOf(await currentHash(request)) === name;
  await db.as(admin, async (tx) => {
    if (!(await queries.revokeNamedSession(tx, admin.adminId, name))) throw new AppError("NOT_FOUND", { detail: "This session has ended already." });
    await audit(tx, "admin_session.revoked", admin.email, { before: { session: name } });
  });
  if (own) setCookie(clearedAdminCookie());
}

/**
 * Changes one's own password: every session ends, and this one goes on under a new id. Throws UNAUTHENTICATED when the
 * current one is wrong, INVALID_REQUEST when the next one is too easy, RATE_LIMITED.
 */
export async function changeOwnPassword(admin: Admin, { current, next }: OwnPasswordChange, exchange: SessionExchange): Promise<AdminSession> {
  await takeFrom("account-attempts", `admin ${admin.email}`);
  requireStrongPassword(next, admin.email, "next");
  const known = await db.as(admin, (tx) => queries.findCredentials(tx, { id: admin.adminId }));
  if (!known || !(await isPassword(current, known.passwordHash))) {
    throw new AppError("INVALID_REQUEST", { detail: "The current password is wrong. Nothing was changed.", errors: [{ path: "current", message: "This isn't your current password." }] });
  }
  const passwordHash = await hashPassword(next);
  return db.as(admin, async (tx) => {
    if (!(await isUnchanged(tx, known))) {
      throw new AppError("ADMIN_FORBIDDEN", { detail: "Your access was changed by somebody else a moment ago. Log in again." });
    }
    await queries.updateAdmin(tx, admin.adminId, { passwordHash });
    const ended = await queries.revokeSessionsOf(tx, admin.adminId);
    await audit(tx, "admin.password_changed", admin.email, { after: { sessionsEnded: ended } });
    return beginSession(tx, admin, exchange);
  });
}

/**
 * Hashing takes its time: meanwhile they may have been disabled, or been given another password. From here on until the
 * unit of work ends they can't be.
 */
async function isUnchanged(tx: Tx, known: AdminCredentials): Promise<boolean> {
  const now = await queries.findCredentials(tx, { id: known.id }, true);
  return now !== null && !now.disabled && now.passwordHash === known.passwordHash;
}

async function beginSession(tx: Tx, admin: Admin, { request, address, setCookie }: SessionExchange): Promise<AdminSession> {
  const { sessionId, hash } = makeSessionId();
  const expiresAt = new Date(Date.now() + adminSessionHours * 3_600_000);
  const userAgent = (request.headers.get("user-agent") ?? "").slice(0, 300);
  await queries.insertSession(tx, { hash, adminId: admin.adminId, expiresAt, userAgent, network: loggedNetwork(address) });
  setCookie(await adminCookie(admin.adminId, sessionId, expiresAt));
  return sessionOf(admin, expiresAt);
}

async function currentHash(request: Request): Promise<Buffer> {
  const shown = await shownAdminSession(request);
  return hashSessionId(shown?.sessionId ?? "");
}

function nameOf(hash: Buffer): string {
  return hash.toString("hex").slice(0, 32);
}

/** Who is logged in, and until when. */
export function sessionOf({ adminId: id, email, name, role }: Admin, expiresAt: Date): AdminSession {
  return { admin: { id, email, name, role }, expiresAt: expiresAt.toISOString(), idleMinutes: adminSessionIdleMinutes };
}

function principalOf({ id: adminId, email, name, role }: AdminCredentials): Admin {
  return { kind: "admin", adminId, email, name, role };
}

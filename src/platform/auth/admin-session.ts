import { createHash, randomBytes } from "node:crypto";
import { AppError } from "#lib/errors.ts";
import { isHttps } from "#platform/config/origin.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { readAdminToken, signAdminToken } from "./admin-token.ts";
import { appSecrets } from "./app-secrets.ts";
import { bearerToken, cookiesOf, type Attempt, type Caller } from "./caller.ts";
import { type Admin, type AdminRole, hasAdminRole, system } from "./principal.ts";
import { useAdminSession } from "./queries.ts";

/** An unused session ends after this, and any after that. */
export const adminSessionIdleMinutes = 30;
export const adminSessionHours = 8;

/** With https the browser itself keeps the cookie to this host, path / and TLS. */
export function adminCookieName(): string {
  return isHttps() ? "__Host-tieline_admin" : "tieline_admin";
}

/** An administrator by a session, and when that ends however much it is used. */
export interface AdminInSession extends Admin {
  expiresAt: Date;
}

function setCookieValue(token: string, maxAgeSeconds: number): string {
  return `${adminCookieName()}=${token}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${isHttps() ? "; Secure" : ""}`;
}

/** Takes the cookie away from the browser. */
export function clearedAdminCookie(): string {
  return setCookieValue("", 0);
}

/** A new session id, and what is stored of it. */
export function makeSessionId(): { sessionId: string; hash: Buffer } {
  const sessionId = randomBytes(32).toString("base64url");
  return { sessionId, hash: hashSessionId(sessionId) };
}

/** SHA-256: the id has 256 random bits. */
export function hashSessionId(sessionId: string): Buffer {
  return createHash("sha256").update(sessionId).digest();
}

/** The Set-Cookie value that hands a session to the browser. */
export async function adminCookie(adminId: string, sessionId: string, expiresAt: Date): Promise<string> {
  const { session: [current] } = await appSecrets();
  const maxAge = Math.max(1, Math.floor((expiresAt.getTime() - Date.now()) / 1_000));
  return setCookieValue(signAdminToken({ adminId, sessionId }, current, expiresAt), maxAge);
}

/** The session that the request shows, by its token alone: what logging out needs. */
export async function shownAdminSession(request: Request): Promise<{ adminId: string; sessionId: string; byCookie: boolean } | null> {
  const bearer = bearerToken(request);
  const token = bearer ?? cookiesOf(request).get(adminCookieName());
  if (!token) return null;
  const { session: secrets } = await appSecrets();
  const shown = readAdminToken(token, secrets);
  return shown && { ...shown, byCookie: bearer === null };
}

/**
 * The administrator whose session the request shows, by cookie or as Bearer, with the role they have now. A cookie is
 * renewed as it is used, once a minute at most. Throws ADMIN_FORBIDDEN without a session that holds, and for a role that
 * isn't enough.
 */
export async function adminOf({ request, setCookie }: Pick<Attempt, "request" | "setCookie">, needed: AdminRole): Promise<Caller & { principal: AdminInSession }> {
  const shown = await shownAdminSession(request);
  const found = shown && (await db.as(system("admin-sessions"), (tx) => useAdminSession(tx, hashSessionId(shown.sessionId), adminSessionIdleMinutes)));
  if (!shown || !found || found.admin.id !== shown.adminId) {
    if (cookiesOf(request).has(adminCookieName())) setCookie(clearedAdminCookie());
    throw new AppError("ADMIN_FORBIDDEN");
  }
  const { admin: { id, email, name, role }, expiresAt, touched } = found;
  if (touched && shown.byCookie) setCookie(await adminCookie(id, shown.sessionId, expiresAt));
  if (!hasAdminRole(role, needed)) throw new AppError("ADMIN_FORBIDDEN", { detail: `Your role, ${role}, doesn't allow this. It takes ${needed}.` });
  return { principal: { kind: "admin", adminId: id, email, name, role, expiresAt }, session: shown.byCookie ? shown.sessionId : null };
}

import jwt from "jsonwebtoken";
import { z } from "zod";
import { adminCookie, adminCookieName, makeSessionId } from "#platform/auth/admin-session.ts";
import { csrfToken } from "#platform/auth/csrf-token.ts";
import { hashPassword } from "#platform/auth/passwords.ts";
import type { Admin, AdminRole } from "#platform/auth/principal.ts";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { newId } from "#lib/ids.ts";

/** A well-formed hash that no password has: what a test needs where nobody logs in. */
const unusableHash = `$2b$12$${"x".repeat(53)}`;

export interface SignedInAdmin {
  admin: Admin;
  sessionId: string;
  /** Headers of what a console page sends. */
  headers: Record<string, string>;
  /** Headers of a program that sends the session as Bearer. */
  bearer: Record<string, string>;
}

/** A new administrator who has not logged in. */
export async function createAdminWithPassword(role: AdminRole, password: string): Promise<{ id: string; email: string }> {
  const [id, password_hash] = [newId(), await hashPassword(password)];
  const email = `${id}@example.com`;
  await db.as(system("test"), (tx) => tx.insertInto("app.admin_users").values({ id, email, name: `The ${role}`, role, password_hash }).execute());
  return { id, email };
}

/** Headers of what a console page sends that holds this session, by the cookie that was set. */
export async function headersOf(setCookie: string | null): Promise<SignedInAdmin["headers"]> {
  const [cookie = ""] = (setCookie ?? "").split(";", 1);
  const { jti } = z.object({ jti: z.string() }).parse(jwt.decode(cookie.split("=")[1] ?? ""));
  return { cookie, "sec-fetch-site": "same-origin", "x-csrf-token": await csrfToken(jti) };
}

/** An administrator with a session, as after a log-in. */
export async function createAdmin(role: AdminRole, email = `${newId()}@example.com`): Promise<SignedInAdmin> {
  const admin: Admin = { kind: "admin", adminId: newId(), email, name: `The ${role}`, role };
  const { sessionId, hash } = makeSessionId();
  const expiresAt = new Date(Date.now() + 8 * 3_600_000);
  await db.as(system("test"), async (tx) => {
    await tx.insertInto("app.admin_users").values({ id: admin.adminId, email, name: admin.name, role, password_hash: unusableHash }).execute();
    await tx.insertInto("app.admin_sessions").values({ id_hash: hash, admin_id: admin.adminId, expires_at: expiresAt }).execute();
  });
  const token = (await adminCookie(admin.adminId, sessionId, expiresAt)).split(";", 1)[0]?.replace(`${adminCookieName()}=`, "") ?? "";
  return {
    admin, sessionId,
    headers: { cookie: `${adminCookieName()}=${token}`, "sec-fetch-site": "same-origin", "x-csrf-token": await csrfToken(sessionId) },
    bearer: { authorization: `Bearer ${token}` },
  };
}

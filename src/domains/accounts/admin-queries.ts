import { sql } from "kysely";
import { z } from "zod";
import { adminRoles, type AdminRole } from "#platform/auth/principal.ts";
import type { Tx } from "#platform/db/unit-of-work.ts";
import type { AdminAccount, NewAdmin } from "./admin-schema.ts";

/** What a log-in needs to know of an administrator. */
export interface AdminCredentials {
  id: string;
  email: string;
  name: string;
  role: AdminRole;
  passwordHash: string;
  disabled: boolean;
}

const Role = z.enum(adminRoles);

/** With `hold`, nobody changes them until the unit of work ends. */
export async function findCredentials(tx: Tx, by: { email: string } | { id: string }, hold = false): Promise<AdminCredentials | null> {
  const row = await tx
    .selectFrom("app.admin_users")
    .select(["id", "email", "name", "role", "password_hash", "disabled_at"])
    .where("email" in by ? "email" : "id", "=", "email" in by ? by.email : by.id)
    .$if(hold, (query) => query.forUpdate())
    .executeTakeFirst();
  if (!row) return null;
  const { role, password_hash: passwordHash, disabled_at, ...rest } = row;
  return { ...rest, role: Role.parse(role), passwordHash, disabled: disabled_at !== null };
}

const liveSession = (idleMinutes: number) =>
  sql<boolean>`session.revoked_at is null and session.expires_at > now() and session.last_seen_at > now() - ${idleMinutes} * interval '1 minute'`;

/** Every administrator, or the one with this id, by name. */
export async function listAdmins(tx: Tx, idleMinutes: number, id?: string): Promise<AdminAccount[]> {
  const rows = await tx
    .selectFrom("app.admin_users as admin")
    .select((select) => [
      "admin.id", "admin.email", "admin.name", "admin.role", "admin.created_at", "admin.disabled_at", "admin.last_login_at",
      select.selectFrom("app.admin_sessions as session").whereRef("session.admin_id", "=", "admin.id").where(liveSession(idleMinutes))
        .select((count) => count.fn.countAll<number>().as("count")).as("sessions"),
    ])
    .$if(id !== undefined, (query) => query.where("admin.id", "=", id ?? ""))
    .orderBy(sql`lower(admin.name)`)
    .orderBy("admin.id")
    .execute();
  return rows.map(({ role, created_at, disabled_at, last_login_at, sessions, ...row }) => ({
    ...row,
    role: Role.parse(role),
    createdAt: created_at.toISOString(),
    disabledAt: disabled_at?.toISOString() ?? null,
    lastLoginAt: last_login_at?.toISOString() ?? null,
    sessions: sessions ?? 0,
  }));
}

/** Adds an administrator; false when the e-mail belongs to one already. */
export async function insertAdmin(tx: Tx, row: NewAdmin & { id: string; passwordHash: string }): Promise<boolean> {
  const { id, email, name, role, passwordHash } = row;
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("app.admin_users")
    .values({ id, email, name, role, password_hash: passwordHash })
    .onConflict((conflict) => conflict.column("email").doNothing())
    .executeTakeFirstOrThrow();
  return Number(numInsertedOrUpdatedRows) === 1;
}

export async function updateAdmin(tx: Tx, id: string, change: { name?: string; role?: AdminRole; disabled?: boolean; passwordHash?: string }): Promise<void> {
  const { name, role, disabled, passwordHash } = change;
  await tx
    .updateTable("app.admin_users")
    .set({
      ...(name === undefined ? {} : { name }),
      ...(role === undefined ? {} : { role }),
      ...(disabled === undefined ? {} : { disabled_at: disabled ? sql<Date>`coalesce(disabled_at, now())` : null }),
      ...(passwordHash === undefined ? {} : { password_hash: passwordHash }),
    })
    .where("id", "=", id)
    .execute();
}

/** Lets changes of who is an administrator take turns: each sees what the one before left. */
export async function lockAdmins(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('administrators', 0))`.execute(tx);
}

/** How many enabled super administrators there are besides this one. */
export async function countOtherSuperAdmins(tx: Tx, id: string): Promise<number> {
  const { count } = await tx
    .selectFrom("app.admin_users")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("role", "=", "super_admin")
    .where("disabled_at", "is", null)
    .where("id", "!=", id)
    .executeTakeFirstOrThrow();
  return count;
}

/** Notes a log-in: the new session, and when. */
export async function insertSession(tx: Tx, session: { hash: Buffer; adminId: string; expiresAt: Date; userAgent: string; network: string }): Promise<void> {
  await tx
    .insertInto("app.admin_sessions")
    .values({ id_hash: session.hash, admin_id: session.adminId, expires_at: session.expiresAt, user_agent: session.userAgent, address: session.network })
    .execute();
}

export async function noteLogin(tx: Tx, adminId: string): Promise<void> {
  await tx.updateTable("app.admin_users").set({ last_login_at: sql`now()` }).where("id", "=", adminId).execute();
}

/** Ends one session, whoever's it is; answers whether it held until now. */
export async function revokeSession(tx: Tx, hash: Buffer): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("app.admin_sessions").set({ revoked_at: sql`now()` }).where("id_hash", "=", hash).where("revoked_at", "is", null).executeTakeFirstOrThrow();
  return Number(numUpdatedRows) === 1;
}

/** Ends every session of an administrator; answers how many held. */
export async function revokeSessionsOf(tx: Tx, adminId: string): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable("app.admin_sessions").set({ revoked_at: sql`now()` }).where("admin_id", "=", adminId).where("revoked_at", "is", null).executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/** Ends the session of an administrator that this name means; answers whether there was one. */
export async function revokeNamedSession(tx: Tx, adminId: string, name: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("app.admin_sessions").set({ revoked_at: sql`now()` })
    .where("admin_id", "=", adminId)
    .where(sql<boolean>`left(encode(id_hash, 'hex'), 32) = ${name}`)
    .where("revoked_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows) === 1;
}

/** An administrator's sessions that hold, the newest first. */
export async function listSessions(tx: Tx, adminId: string, idleMinutes: number) {
  const rows = await tx
    .selectFrom("app.admin_sessions as session")
    .select(["id_hash", "created_at", "last_seen_at", "expires_at", "user_agent", "address"])
    .where("admin_id", "=", adminId)
    .where(liveSession(idleMinutes))
    .orderBy("created_at", "desc")
    .execute();
  // PGlite gives bytes, pg a Buffer.
  return rows.map(({ id_hash, ...row }) => ({ ...row, hash: Buffer.from(id_hash) }));
}

/** Forgets sessions that ended more than so many days ago. */
export async function deleteOldSessions(tx: Tx, days: number): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom("app.admin_sessions").where("expires_at", "<", sql<Date>`now() - ${days} * interval '1 day'`).executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

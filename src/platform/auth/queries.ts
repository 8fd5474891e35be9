import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { adminRoles, type AdminRole, type MemberRole } from "./principal.ts";

const minuteOrMore = sql`now() - interval '1 minute'`;

/** The organisation of the user's memberships that is asked for, else the one joined first; null without any. */
export async function findActiveOrganisation(tx: Tx, userId: string, asked: string | null): Promise<{ tenantId: string; role: MemberRole } | null> {
  const row = await tx
    .selectFrom("app.memberships")
    .select(["tenant_id", "role"])
    .where("user_id", "=", userId)
    .orderBy(sql`(tenant_id = ${asked}) is true`, "desc")
    .orderBy("created_at")
    .orderBy("tenant_id")
    .limit(1)
    .executeTakeFirst();
  return row ? { tenantId: row.tenant_id, role: row.role === "owner" ? "owner" : "member" } : null;
}

/** The key with this hash unless it was revoked; notes, once a minute at most, that it is used. */
export async function useApiKey(tx: Tx, hash: Buffer): Promise<{ id: string; tenant_id: string; scopes: string[] } | null> {
  const { rows } = await sql<{ id: string; tenant_id: string; scopes: string[] }>`
    with known as (select id, tenant_id, scopes, last_used_at from app.api_keys where key_hash = ${hash} and revoked_at is null),
      noted as (update app.api_keys key set last_used_at = now() from known
        where key.id = known.id and coalesce(known.last_used_at < ${minuteOrMore}, true))
    select id, tenant_id, scopes from known`.execute(tx);
  return rows[0] ?? null;
}

const AdminSessionRow = z.object({
  id: z.uuid(), email: z.string(), name: z.string(), role: z.enum(adminRoles), expires_at: z.date(), touched: z.boolean(),
});

export interface FoundAdminSession {
  admin: { id: string; email: string; name: string; role: AdminRole };
  expiresAt: Date;
  /** Whether this use was noted, which happens once a minute at most. */
  touched: boolean;
}

/**
 * The session with this hash and its administrator as they are now; null when it was revoked, has run out, hasn't been
 * used for `idleMinutes`, or belongs to somebody who is disabled.
 */
export async function useAdminSession(tx: Tx, hash: Buffer, idleMinutes: number): Promise<FoundAdminSession | null> {
  const { rows } = await sql<Record<string, unknown>>`
    with known as (
      select session.id_hash, session.last_seen_at < ${minuteOrMore} as touched, session.expires_at, admin.id, admin.email, admin.name, admin.role
      from app.admin_sessions session join app.admin_users admin on admin.id = session.admin_id
      where session.id_hash = ${hash} and session.revoked_at is null and session.expires_at > now()
        and session.last_seen_at > now() - ${idleMinutes} * interval '1 minute' and admin.disabled_at is null
    ), noted as (update app.admin_sessions session set last_seen_at = now() from known where session.id_hash = known.id_hash and known.touched)
    select id, email, name, role, expires_at, touched from known`.execute(tx);
  if (!rows[0]) return null;
  const { expires_at: expiresAt, touched, ...admin } = AdminSessionRow.parse(rows[0]);
  return { admin, expiresAt, touched };
}

import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "#platform/db/unit-of-work.ts";
import type { OrganisationKey } from "./api-key-schema.ts";

const columns = ["id", "name", "prefix", "scopes", "created_at", "last_used_at", "revoked_at"] as const;

const Row = z.object({
  id: z.uuid(), name: z.string(), prefix: z.string(), scopes: z.array(z.string()),
  created_at: z.date(), last_used_at: z.date().nullable(), revoked_at: z.date().nullable(),
});

function keyOf(row: unknown): OrganisationKey {
  const { created_at, last_used_at, revoked_at, ...rest } = Row.parse(row);
  return { ...rest, createdAt: created_at.toISOString(), lastUsedAt: last_used_at?.toISOString() ?? null, revokedAt: revoked_at?.toISOString() ?? null };
}

/** Newest first, before the one with this id. */
export async function listKeys(tx: Tx, tenantId: string, before: string | null, limit: number): Promise<OrganisationKey[]> {
  const query = tx.selectFrom("app.api_keys").select(columns).where("tenant_id", "=", tenantId).orderBy("id", "desc").limit(limit);
  return (await (before === null ? query : query.where("id", "<", before)).execute()).map(keyOf);
}

export async function findKey(tx: Tx, tenantId: string, id: string): Promise<OrganisationKey | null> {
  const row = await tx.selectFrom("app.api_keys").select(columns).where("tenant_id", "=", tenantId).where("id", "=", id).executeTakeFirst();
  return row ? keyOf(row) : null;
}

/** Keys that aren't revoked. */
export async function countKeys(tx: Tx, tenantId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from app.api_keys where tenant_id = ${tenantId} and revoked_at is null`.execute(tx);
  return rows[0]?.n ?? 0;
}

export interface KeyRow {
  id: string;
  tenantId: string;
  name: string;
  prefix: string;
  hash: Buffer;
  scopes: string[];
  createdBy: string;
}

export async function insertKey(tx: Tx, { id, tenantId, name, prefix, hash, scopes, createdBy }: KeyRow): Promise<void> {
  await tx.insertInto("app.api_keys").values({ id, tenant_id: tenantId, name, prefix, key_hash: hash, scopes, created_by: createdBy }).execute();
}

/** Answers whether there was one to revoke. */
export async function revokeKey(tx: Tx, tenantId: string, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("app.api_keys")
    .set({ revoked_at: sql<Date>`now()` })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

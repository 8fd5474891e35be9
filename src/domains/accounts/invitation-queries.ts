import { sql, type SelectQueryBuilder } from "kysely";
import { z } from "zod";
import type { Tx } from "#platform/db/unit-of-work.ts";
import type { Schema } from "#platform/db/schema.ts";
import { InvitationState, type FoundInvitation, type Invitation } from "./invitation-schema.ts";
import { MemberRole } from "./organisation-schema.ts";

type Invitations = SelectQueryBuilder<Schema, "app.invitations", object>;

const columns = ["id", "role", "email", "created_at", "expires_at"] as const;
const state = sql<string>`case when revoked_at is not null then 'revoked' when accepted_at is not null then 'accepted'
  when expires_at <= now() then 'expired' else 'open' end`;

const Row = z.object({ id: z.uuid(), role: MemberRole, email: z.string().nullable(), state: InvitationState, created_at: z.date(), expires_at: z.date() });

function invitationOf(row: unknown): Invitation {
  const { created_at, expires_at, ...rest } = Row.parse(row);
  return { ...rest, createdAt: created_at.toISOString(), expiresAt: expires_at.toISOString() };
}

const selected = (query: Invitations) => query.select(columns).select(state.as("state"));

/** Newest first, before the one with this id. */
export async function listInvitations(tx: Tx, tenantId: string, before: string | null, limit: number): Promise<Invitation[]> {
  const query = tx.selectFrom("app.invitations").where("tenant_id", "=", tenantId).orderBy("id", "desc").limit(limit);
  const rows = await selected(before === null ? query : query.where("id", "<", before)).execute();
  return rows.map(invitationOf);
}

export async function findOwnInvitation(tx: Tx, tenantId: string, id: string): Promise<Invitation | null> {
  const row = await selected(tx.selectFrom("app.invitations").where("tenant_id", "=", tenantId).where("id", "=", id)).executeTakeFirst();
  return row ? invitationOf(row) : null;
}

export async function countOpenInvitations(tx: Tx, tenantId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from app.invitations
    where tenant_id = ${tenantId} and revoked_at is null and accepted_at is null and expires_at > now()`.execute(tx);
  return rows[0]?.n ?? 0;
}

export interface InvitationRow {
  id: string;
  tenantId: string;
  tokenHash: Buffer;
  role: string;
  email: string | null;
  createdBy: string;
  days: number;
}

export async function insertInvitation(tx: Tx, { id, tenantId, tokenHash, role, email, createdBy, days }: InvitationRow): Promise<void> {
  await tx
    .insertInto("app.invitations")
    .values({
      id, tenant_id: tenantId, token_hash: tokenHash, role, email, created_by: createdBy,
      expires_at: sql<Date>`now() + ${days} * interval '1 day'`,
    })
    .execute();
}

/** Answers whether there was an open one. */
export async function revokeInvitation(tx: Tx, tenantId: string, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("app.invitations")
    .set({ revoked_at: sql<Date>`now()` })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .where("accepted_at", "is", null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

const Found = z.object({ tenant_id: z.uuid(), organisation: z.string(), role: MemberRole, expires_at: z.date(), state: InvitationState });

/** What the holder of a link may know; null for one that leads nowhere. */
export async function findInvitation(tx: Tx, tokenHash: Buffer): Promise<(Omit<FoundInvitation, "member"> & { tenantId: string }) | null> {
  const { rows } = await sql`select tenant_id, organisation, role, expires_at, state from app.find_invitation(${tokenHash})`.execute(tx);
  if (!rows[0]) return null;
  const { tenant_id: tenantId, expires_at, ...found } = Found.parse(rows[0]);
  return { tenantId, ...found, expiresAt: expires_at.toISOString() };
}

/** Makes the unit of work's user a member; answers whether they are one now. */
export async function acceptInvitation(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  const { rows } = await sql<{ tenant_id: string | null }>`select app.accept_invitation(${tokenHash}) as tenant_id`.execute(tx);
  return rows[0]?.tenant_id != null;
}

/** The name or else the address under which somebody is known, null without either. */
export async function findKnownAs(tx: Tx, userId: string): Promise<string | null> {
  const row = await tx.selectFrom("app.users").select(["name", "email"]).where("id", "=", userId).executeTakeFirst();
  return row ? row.name || row.email : null;
}

import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { MemberRole, type Organisation, type JoinedOrganisation } from "./organisation-schema.ts";

/** Makes an organisation owned by the unit of work's user; null when they belong to as many as one may. */
export async function createOrganisation(tx: Tx, name: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`select app.create_organisation(${name}) as id`.execute(tx);
  return rows[0]?.id ?? null;
}

/** How many organisations a user belongs to, which nobody else changes by theirs joining or making one until the unit of work ends. */
export async function holdMemberships(tx: Tx, userId: string): Promise<number> {
  // The lock that app.create_organisation takes.
  await sql`select pg_advisory_xact_lock(hashtextextended('organisations of ' || ${userId}::text, 0))`.execute(tx);
  const { count } = await tx.selectFrom("app.memberships").select((select) => select.fn.countAll<number>().as("count")).where("user_id", "=", userId).executeTakeFirstOrThrow();
  return Number(count);
}

/** From here on the unit of work is one in this organisation, for what it notes and sees: its user has just joined it. */
export async function enterOrganisation(tx: Tx, tenantId: string): Promise<void> {
  await sql`select set_config('request.jwt.claims', (app.claims() || jsonb_build_object('tenant_id', ${tenantId}::text))::text, true)`.execute(tx);
}

/** Those the user belongs to, by name; there are 50 at most. */
export async function listJoinedOrganisations(tx: Tx, userId: string): Promise<Omit<JoinedOrganisation, "active">[]> {
  const rows = await tx
    .selectFrom("app.memberships as membership")
    .innerJoin("app.organisations as organisation", "organisation.id", "membership.tenant_id")
    .select(["organisation.id", "organisation.name", "membership.role"])
    .where("membership.user_id", "=", userId)
    .orderBy((builder) => builder.fn<string>("lower", ["organisation.name"]))
    .orderBy("organisation.id")
    .execute();
  return rows.map(({ role, ...row }) => ({ ...row, role: MemberRole.parse(role) }));
}

const Counted = z.object({
  id: z.uuid(), name: z.string(), created_at: z.date(),
  members: z.number(), owners: z.number(), keys: z.number(), invitations: z.number(),
});

/** The organisation of the unit of work; open invitations count 0 for who doesn't see them. */
export async function findOrganisation(tx: Tx, tenantId: string): Promise<Omit<Organisation, "role"> | null> {
  const { rows } = await sql<Record<string, unknown>>`
    select id, name, created_at,
      (select count(*)::int from app.memberships where tenant_id = organisation.id) as members,
      (select count(*)::int from app.memberships where tenant_id = organisation.id and role = 'owner') as owners,
      (select count(*)::int from app.api_keys where tenant_id = organisation.id and revoked_at is null) as keys,
      (select count(*)::int from app.invitations where tenant_id = organisation.id
        and revoked_at is null and accepted_at is null and expires_at > now()) as invitations
    from app.organisations organisation where id = ${tenantId}`.execute(tx);
  if (!rows[0]) return null;
  const { id, name, created_at, ...counts } = Counted.parse(rows[0]);
  return { id, name, createdAt: created_at.toISOString(), counts };
}

/** Gives it another name; answers the one before, null when it isn't the unit of work's. */
export async function renameOrganisation(tx: Tx, tenantId: string, name: string): Promise<string | null> {
  const before = await tx.selectFrom("app.organisations").select("name").where("id", "=", tenantId).forUpdate().executeTakeFirst();
  if (!before) return null;
  await tx.updateTable("app.organisations").set({ name }).where("id", "=", tenantId).execute();
  return before.name;
}

export async function findName(tx: Tx, tenantId: string): Promise<string | null> {
  const row = await tx.selectFrom("app.organisations").select("name").where("id", "=", tenantId).executeTakeFirst();
  return row?.name ?? null;
}

/** Deletes it, and with it everything that is its own. */
export async function deleteOrganisation(tx: Tx, tenantId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom("app.organisations").where("id", "=", tenantId).executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}

import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { MemberRole, type OrganisationMember } from "./organisation-schema.ts";

const Row = z.object({
  user_id: z.uuid(), role: MemberRole, created_at: z.date(), joined_key: z.string(), name: z.string().nullable(), email: z.string().nullable(),
});

export interface ListedMember extends Omit<OrganisationMember, "you"> {
  /** When they joined, to the microsecond: what the list is sorted by. */
  key: string;
}

/** Members in the order in which they joined, after the one with this sort key; at most `limit`. */
export async function listMembers(tx: Tx, tenantId: string, after: readonly [key: string, userId: string] | null, limit: number): Promise<ListedMember[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select membership.user_id, membership.role, membership.created_at, membership.created_at::text as joined_key, person.name, person.email
    from app.memberships membership left join app.users person on person.id = membership.user_id
    where membership.tenant_id = ${tenantId}
      and ${after ? sql`(membership.created_at, membership.user_id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`}
    order by membership.created_at, membership.user_id limit ${limit}`.execute(tx);
  return rows.map((row) => {
    const { user_id: userId, created_at, joined_key: key, name, ...rest } = Row.parse(row);
    return { userId, joinedAt: created_at.toISOString(), key, name: name ?? "", ...rest };
  });
}

export async function findMember(tx: Tx, tenantId: string, userId: string): Promise<Omit<OrganisationMember, "you"> | null> {
  const row = await tx
    .selectFrom("app.memberships as membership")
    .leftJoin("app.users as person", "person.id", "membership.user_id")
    .select(["membership.role", "membership.created_at", "person.name", "person.email"])
    .where("membership.tenant_id", "=", tenantId)
    .where("membership.user_id", "=", userId)
    .executeTakeFirst();
  if (!row) return null;
  return { userId, name: row.name ?? "", email: row.email, role: MemberRole.parse(row.role), joinedAt: row.created_at.toISOString() };
}

/** SQLSTATE TL001 when it would leave no owner. Answers false for who isn't an owner (any more), and so may not. */
export async function changeRole(tx: Tx, tenantId: string, userId: string, role: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable("app.memberships").set({ role }).where("tenant_id", "=", tenantId).where("user_id", "=", userId).executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** SQLSTATE TL001 when it would leave no owner. Answers whether there was such a member that the unit of work may remove. */
export async function removeMember(tx: Tx, tenantId: string, userId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom("app.memberships").where("tenant_id", "=", tenantId).where("user_id", "=", userId).executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}

import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { containing } from "./like-pattern.ts";
import type { OrganisationDetail, OrganisationEntry, PeopleQuery, UserDetail, UserEntry } from "./people-schema.ts";

/** Times as texts that keep Postgres's microseconds: a cursor that rounds would skip rows or repeat them. */
const exact = (column: string) => sql<string>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Users, the newest first; one more than `limit`, to see whether there are more. */
export async function listUsers(tx: Tx, { q, cursor, limit }: PeopleQuery): Promise<UserEntry[]> {
  const rows = await tx
    .selectFrom("app.users as person")
    .select((select) => [
      "person.id", "person.email", "person.name", exact("person.created_at").as("created_at"), "person.last_seen_at",
      select.selectFrom("app.memberships as membership").whereRef("membership.user_id", "=", "person.id")
        .select((count) => count.fn.countAll<number>().as("count")).as("organisations"),
    ])
    .$if(q !== undefined && q !== "", (query) => query.where(sql<boolean>`(person.email ilike ${containing(q ?? "")} or person.name ilike ${containing(q ?? "")})`))
    .$if(cursor !== undefined, (query) => query.where(sql<boolean>`(person.created_at, person.id) < (${cursor?.[0]}::timestamptz, ${cursor?.[1]}::uuid)`))
    .orderBy("person.created_at", "desc")
    .orderBy("person.id", "desc")
    .limit(limit + 1)
    .execute();
  return rows.map(({ created_at: createdAt, last_seen_at, organisations, ...row }) => ({
    ...row, createdAt, lastSeenAt: last_seen_at.toISOString(), organisations: organisations ?? 0,
  }));
}

export async function findUser(tx: Tx, id: string): Promise<UserDetail | null> {
  const row = await tx.selectFrom("app.users").select(["id", "email", "name", "created_at", "last_seen_at"]).where("id", "=", id).executeTakeFirst();
  if (!row) return null;
  const memberships = await tx
    .selectFrom("app.memberships as membership")
    .innerJoin("app.organisations as organisation", "organisation.id", "membership.tenant_id")
    .select(["organisation.id as organisationId", "organisation.name as organisation", "membership.role", "membership.created_at"])
    .where("membership.user_id", "=", id)
    .orderBy("membership.created_at")
    .execute();
  const { created_at, last_seen_at, ...rest } = row;
  return {
    ...rest, createdAt: created_at.toISOString(), lastSeenAt: last_seen_at.toISOString(),
    memberships: memberships.map(({ created_at: joined, ...membership }) => ({ ...membership, joinedAt: joined.toISOString() })),
  };
}

/** Organisations, the newest first; one more than `limit`. */
export async function listOrganisations(tx: Tx, { q, cursor, limit }: PeopleQuery): Promise<OrganisationEntry[]> {
  const rows = await tx
    .selectFrom("app.organisations as organisation")
    .select((select) => [
      "organisation.id", "organisation.name", exact("organisation.created_at").as("createdAt"),
      select.selectFrom("app.memberships as membership").whereRef("membership.tenant_id", "=", "organisation.id")
        .select((count) => count.fn.countAll<number>().as("count")).as("members"),
    ])
    .$if(q !== undefined && q !== "", (query) => query.where("organisation.name", "ilike", containing(q ?? "")))
    .$if(cursor !== undefined, (query) => query.where(sql<boolean>`(organisation.created_at, organisation.id) < (${cursor?.[0]}::timestamptz, ${cursor?.[1]}::uuid)`))
    .orderBy("organisation.created_at", "desc")
    .orderBy("organisation.id", "desc")
    .limit(limit + 1)
    .execute();
  return rows.map(({ members, ...row }) => ({ ...row, members: members ?? 0 }));
}

export async function findOrganisation(tx: Tx, id: string): Promise<OrganisationDetail | null> {
  const row = await tx.selectFrom("app.organisations").select(["id", "name", "created_at"]).where("id", "=", id).executeTakeFirst();
  if (!row) return null;
  const memberships = await tx
    .selectFrom("app.memberships as membership")
    .leftJoin("app.users as person", "person.id", "membership.user_id")
    .select(["membership.user_id as userId", "person.email", "person.name", "membership.role", "membership.created_at"])
    .where("membership.tenant_id", "=", id)
    .orderBy("membership.created_at")
    .limit(500)
    .execute();
  const counts = await tx
    .selectNoFrom((select) => [
      select.selectFrom("app.memberships").where("tenant_id", "=", id).select((count) => count.fn.countAll<number>().as("count")).as("members"),
      select.selectFrom("app.api_keys").where("tenant_id", "=", id).where("revoked_at", "is", null)
        .select((count) => count.fn.countAll<number>().as("count")).as("keys"),
      select.selectFrom("app.invitations").where("tenant_id", "=", id).where("revoked_at", "is", null).where("accepted_at", "is", null).where("expires_at", ">", sql<Date>`now()`)
        .select((count) => count.fn.countAll<number>().as("count")).as("invitations"),
    ])
    .executeTakeFirstOrThrow();
  const { created_at, ...rest } = row;
  return {
    ...rest, createdAt: created_at.toISOString(), members: counts.members ?? 0, keys: counts.keys ?? 0, invitations: counts.invitations ?? 0,
    memberships: memberships.map(({ created_at: joined, ...membership }) => ({ ...membership, joinedAt: joined.toISOString() })),
  };
}

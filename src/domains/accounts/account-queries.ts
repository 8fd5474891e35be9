import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "#platform/db/unit-of-work.ts";
import type { AccountPerson, OwnOrganisation } from "./account-schema.ts";

/** Writes who has just signed in. The name is theirs to change here: one that is known stays. */
export async function recordUser(tx: Tx, { id, email, name }: AccountPerson): Promise<AccountPerson> {
  return tx
    .insertInto("app.users")
    .values({ id, email, name })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ email, last_seen_at: sql`now()` }))
    .returning(["id", "email", "name"])
    .executeTakeFirstOrThrow();
}

export async function findUser(tx: Tx, id: string): Promise<(AccountPerson & { createdAt: string }) | null> {
  const row = await tx.selectFrom("app.users").select(["id", "email", "name", "created_at"]).where("id", "=", id).executeTakeFirst();
  return row ? { id: row.id, email: row.email, name: row.name, createdAt: row.created_at.toISOString() } : null;
}

/** Answers the name that was there, null without such a user. */
export async function renameUser(tx: Tx, id: string, name: string): Promise<string | null> {
  const before = await tx.selectFrom("app.users").select("name").where("id", "=", id).executeTakeFirst();
  await tx.updateTable("app.users").set({ name }).where("id", "=", id).execute();
  return before?.name ?? null;
}

/** The organisations of a user, joined first to last. Counts members, so it takes the service role. */
export async function listOrganisationsOf(tx: Tx, userId: string): Promise<OwnOrganisation[]> {
  const rows = await tx
    .selectFrom("app.memberships as own")
    .innerJoin("app.organisations as organisation", "organisation.id", "own.tenant_id")
    .innerJoin("app.memberships as all", "all.tenant_id", "own.tenant_id")
    .select(["organisation.id", "organisation.name", "own.role", "own.created_at"])
    .select((eb) => [eb.fn.countAll<number>().as("members"), sql<number>`count(*) filter (where "all".role = 'owner')`.as("owners")])
    .where("own.user_id", "=", userId)
    .groupBy(["organisation.id", "own.role", "own.created_at"])
    .orderBy("own.created_at")
    .orderBy("organisation.id")
    .execute();
  return rows.map(({ id, name, role, created_at, members, owners }) => ({
    id,
    name,
    role: role === "owner" ? "owner" : "member",
    joinedAt: created_at.toISOString(),
    members: Number(members),
    soleOwner: role === "owner" && Number(owners) === 1,
  }));
}

/** Whether the link of this hash leads into an organisation now. */
export async function isOpenInvitation(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  const { rows } = await sql<{ state: string }>`select state from app.find_invitation(${tokenHash})`.execute(tx);
  return rows[0]?.state === "open";
}

/** Deletes the current user's memberships, the organisations that nobody else belongs to, and the user. SQLSTATE TL001: others would be left without an owner. */
export async function deleteAccount(tx: Tx): Promise<void> {
  await sql`select app.delete_account()`.execute(tx);
}

export async function deleteUser(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("app.users").where("id", "=", id).execute();
}

/** The invitations and keys that a user made, without their secrets. */
export async function listMadeBy(tx: Tx, userId: string) {
  const invitations = await tx
    .selectFrom("app.invitations")
    .select(["id", "tenant_id", "role", "email", "created_at", "expires_at", "accepted_at", "revoked_at"])
    .where("created_by", "=", userId)
    .orderBy("id")
    .execute();
  const apiKeys = await tx
    .selectFrom("app.api_keys")
    .select(["id", "tenant_id", "name", "prefix", "scopes", "created_at", "last_used_at", "revoked_at"])
    .where("created_by", "=", userId)
    .orderBy("id")
    .execute();
  return { invitations, apiKeys };
}

const AuditRow = z.object({
  id: z.uuid(), at: z.date(), tenant_id: z.uuid().nullable(), action: z.string(), target: z.string(), before: z.unknown(), after: z.unknown(),
});
export type OwnAuditRow = z.infer<typeof AuditRow>;

/** A page of what a user did, after the row `after`, oldest first. */
export async function listAuditOf(tx: Tx, userId: string, after: string | null, limit: number): Promise<OwnAuditRow[]> {
  const rows = await tx
    .selectFrom("app.audit_log")
    .select(["id", "at", "tenant_id", "action", "target", "before", "after"])
    .where("actor_id", "=", userId)
    .where("actor_role", "=", "authenticated")
    .$if(after !== null, (query) => query.where("id", ">", after))
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => AuditRow.parse(row));
}

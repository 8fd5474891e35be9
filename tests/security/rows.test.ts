import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeApiKey } from "#platform/auth/api-key.ts";
import type { Principal } from "#platform/auth/principal.ts";
import { errorCodeOf } from "#platform/db/errors.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { newId } from "#lib/ids.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { createMember, joinOrganisation } from "../support/factories.ts";

type Work = (tx: Tx) => Promise<unknown>;
const run = (statement: ReturnType<typeof sql>): Work => (tx) => statement.execute(tx);

/** What a handler that forgot to ask could try as somebody, and what the database lets them. */
describe.each(engines)("19 the database itself keeps people to what is theirs, on the %s engine", (engine) => {
  let opened: TestDatabase;
  let owner: Extract<Principal, { kind: "member" }>;
  let victim: Extract<Principal, { kind: "member" }>;
  let member: Extract<Principal, { kind: "member" }>;
  let stranger: Principal;
  let key: Principal;
  let ids: { key: string; victimKey: string; victimInvitation: string };

  const keyRow = (tenantId: string, by: string) => {
    const { prefix, hash } = makeApiKey();
    return { id: newId(), tenant_id: tenantId, name: "k", prefix, key_hash: hash, scopes: ["ask"], created_by: by };
  };

  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    [owner, victim] = [await createMember("Attackers"), await createMember("Victims")];
    member = { kind: "member", tenantId: owner.tenantId, userId: newId(), role: "member" };
    await joinOrganisation(owner.tenantId, member.userId);
    stranger = { kind: "user", userId: newId() };
    const [own, theirs] = [keyRow(owner.tenantId, owner.userId), keyRow(victim.tenantId, victim.userId)];
    const invitation = { id: newId(), tenant_id: victim.tenantId, token_hash: randomBytes(32), role: "member", created_by: victim.userId, expires_at: new Date(Date.now() + 3_600_000) };
    await db.as({ kind: "system", name: "test" }, async (tx) => {
      await tx.insertInto("app.api_keys").values([own, theirs]).execute();
      await tx.insertInto("app.invitations").values(invitation).execute();
      for (const { userId } of [owner, victim, member]) await tx.insertInto("app.users").values({ id: userId, email: `${userId}@example.com` }).execute();
    });
    key = { kind: "key", keyId: own.id, tenantId: owner.tenantId };
    ids = { key: own.id, victimKey: theirs.id, victimInvitation: invitation.id };
  }, 90_000);
  afterAll(() => opened.close());

  const fingerprint = () =>
    inspect(`select (select md5(string_agg(o::text, '' order by id)) from app.organisations o) as organisations, (select md5(string_agg(m::text, '' order by tenant_id, user_id)) from app.memberships m) as memberships,
      (select md5(string_agg(k::text, '' order by id)) from app.api_keys k) as keys, (select md5(string_agg(i::text, '' order by id)) from app.invitations i) as invitations,
      (select md5(string_agg(u::text, '' order by id)) from app.users u) as users, (select count(*)::int from app.audit_log) as audit, (select count(*)::int from app.admin_users) as admins`);

  /** Refused for want of a right (SQLSTATE 42501), or without effect: a statement that is merely wrong proves nothing. */
  async function changesNothing(who: Principal, work: Work): Promise<void> {
    const before = await fingerprint();
    const refusal = await db.as(who, work).then(() => "42501", (error: unknown) => errorCodeOf(error) ?? error);
    expect(refusal).toBe("42501");
    expect(await fingerprint()).toEqual(before);
  }

  const attempts: [string, () => Work][] = [
    ["joins an organisation by itself", () => run(sql`insert into app.memberships (tenant_id, user_id, role) values (${victim.tenantId}, ${owner.userId}, 'owner')`)],
    ["brings somebody into its own without an invitation", () => run(sql`insert into app.memberships (tenant_id, user_id, role) values (${owner.tenantId}, ${newId()}, 'member')`)],
    ["makes an organisation past the function for it", () => run(sql`insert into app.organisations (name) values ('mine')`)],
    ["renames another organisation", () => run(sql`update app.organisations set name = 'taken' where id = ${victim.tenantId}`)],
    ["deletes another organisation", () => run(sql`delete from app.organisations where id = ${victim.tenantId}`)],
    ["moves a membership to another organisation", () => run(sql`update app.memberships set tenant_id = ${victim.tenantId} where user_id = ${owner.userId}`)],
    ["removes another organisation's owner", () => run(sql`delete from app.memberships where tenant_id = ${victim.tenantId}`)],
    ["renames another user", () => run(sql`update app.users set name = 'taken' where id = ${victim.userId}`)],
    ["gives itself another id", () => run(sql`update app.users set id = ${newId()} where id = ${owner.userId}`)],
    ["writes a user that isn't itself", () => run(sql`insert into app.users (id, email) values (${newId()}, 'a@example.com')`)],
    ["deletes a user", () => run(sql`delete from app.users where id = ${victim.userId}`)],
    ["makes a key of another organisation", () => run(sql`insert into app.api_keys (tenant_id, name, prefix, key_hash, scopes, created_by) values (${victim.tenantId}, 'k', 'tl_abcdef', ${randomBytes(32)}, '{ask}', ${owner.userId})`)],
    ["revokes a key of another organisation", () => run(sql`update app.api_keys set revoked_at = now() where id = ${ids.victimKey}`)],
    ["moves a key to another organisation", () => run(sql`update app.api_keys set tenant_id = ${victim.tenantId} where id = ${ids.key}`)],
    ["gives a key other scopes", () => run(sql`update app.api_keys set scopes = '{usage:write}' where id = ${ids.key}`)],
    ["gives a key another secret", () => run(sql`update app.api_keys set key_hash = ${randomBytes(32)} where id = ${ids.key}`)],
    ["invites to another organisation", () => run(sql`insert into app.invitations (tenant_id, token_hash, role, created_by, expires_at) values (${victim.tenantId}, ${randomBytes(32)}, 'owner', ${owner.userId}, now() + interval '1 day')`)],
    ["revokes an invitation of another organisation", () => run(sql`update app.invitations set revoked_at = now() where id = ${ids.victimInvitation}`)],
    ["writes the audit log past the function for it", () => run(sql`insert into app.audit_log (actor_role, action, target) values ('admin', 'a.b', 'c')`)],
    ["clears the audit log", () => run(sql`delete from app.audit_log`)],
    ["makes an administrator", () => run(sql`insert into app.admin_users (email, name, password_hash, role) values ('a@example.com', 'a', ${`$2b$12$${"x".repeat(53)}`}, 'super_admin')`)],
    ["deletes an account", () => run(sql`select app.delete_auth_user(${victim.userId})`)],
  ];
  describe.each(["owner", "member", "key", "stranger", "nobody"])("as %s", (name) => {
    const who = (): Principal => ({ owner, member, key, stranger, nobody: { kind: "anonymous" } as const })[name] ?? owner;
    test.each(attempts)("%s", async (_, work) => changesNothing(who(), work()));
  });

  describe.each(["member", "key", "stranger", "nobody"])("what is the owner's, as %s", (name) => {
    const who = (): Principal => ({ member, key, stranger, nobody: { kind: "anonymous" } as const })[name] ?? member;
    const owners: [string, () => Work][] = [
      ["renames the organisation", () => run(sql`update app.organisations set name = 'taken' where id = ${owner.tenantId}`)],
      ["deletes the organisation", () => run(sql`delete from app.organisations where id = ${owner.tenantId}`)],
      ["makes itself an owner", () => run(sql`update app.memberships set role = 'owner' where tenant_id = ${owner.tenantId}`)],
      ["removes the owner", () => run(sql`delete from app.memberships where tenant_id = ${owner.tenantId} and user_id = ${owner.userId}`)],
      ["makes a key", () => run(sql`insert into app.api_keys (tenant_id, name, prefix, key_hash, scopes, created_by) values (${owner.tenantId}, 'k', 'tl_abcdef', ${randomBytes(32)}, '{ask}', ${member.userId})`)],
      ["revokes a key", () => run(sql`update app.api_keys set revoked_at = now() where id = ${ids.key}`)],
      ["invites", () => run(sql`insert into app.invitations (tenant_id, token_hash, role, created_by, expires_at) values (${owner.tenantId}, ${randomBytes(32)}, 'owner', ${member.userId}, now() + interval '1 day')`)],
    ];
    test.each(owners)("%s", async (_, work) => changesNothing(who(), work()));

    test("reads neither invitations nor the audit log", async () => {
      await inspect("insert into app.audit_log (tenant_id, actor_role, action, target) values ($1, 'x', 'a.b', 'c')", [owner.tenantId]);
      for (const statement of [sql`select id from app.invitations`, sql`select id from app.audit_log`]) {
        expect(await db.as(who(), (tx) => statement.execute(tx)).then(({ rows }) => rows, (error: unknown) => (errorCodeOf(error) === "42501" ? [] : error))).toEqual([]);
      }
    });
  });

  test.each([
    ["app.api_keys", "key_hash"], ["app.invitations", "token_hash"], ["app.admin_users", "password_hash"], ["app.admin_sessions", "id_hash"], ["app.mail", "body"], ["app.admin_users", "email"],
  ])("nobody but the service role reads %s.%s", async (table, column) => {
    for (const who of [owner, member, key, stranger, { kind: "anonymous" } as const]) {
      await expect(db.as(who, (tx) => sql`select ${sql.ref(column)} from ${sql.table(table)}`.execute(tx))).rejects.toMatchObject({ code: "42501" });
    }
    expect(await inspect(`select ${column} from ${table} limit 1`)).toBeDefined();
  });

  test("an owner may do what is an owner's: the attempts fail for who makes them, not by themselves", async () => {
    await db.as(owner, run(sql`update app.organisations set name = 'Renamed' where id = ${owner.tenantId}`));
    await db.as(owner, run(sql`update app.api_keys set revoked_at = now() where id = ${ids.key}`));
    expect(await inspect("select o.name, k.revoked_at is not null as revoked from app.organisations o join app.api_keys k on k.tenant_id = o.id where o.id = $1", [owner.tenantId])).toEqual([{ name: "Renamed", revoked: true }]);
  });
});

import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "#lib/ids.ts";
import { anonymous, system, type Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { createDocument, createMember } from "../support/factories.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";

describe.each(engines)("a unit of work on the %s engine", (engine) => {
  let opened: TestDatabase;
  let alice: Extract<Principal, { kind: "member" }>;
  let bob: Extract<Principal, { kind: "member" }>;

  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    alice = await createMember("Alice Power");
    bob = await createMember("Bob Hydro");
    await createDocument("Everybody may read this.", { title: "Public" });
    await createDocument("Alice's secret.", { title: "Alice's", tenantId: alice.tenantId });
    await createDocument("Bob's secret.", { title: "Bob's", tenantId: bob.tenantId });
  });
  afterAll(() => opened.close());

  const titles = (principal: Principal) =>
    db.as(principal, async (tx) => (await tx.selectFrom("app.documents").select("title").orderBy("title").execute()).map((row) => row.title));

  test("shows each principal the public rows and its own", async () => {
    expect(await titles(anonymous)).toEqual(["Public"]);
    expect(await titles(alice)).toEqual(["Alice's", "Public"]);
    expect(await titles(bob)).toEqual(["Bob's", "Public"]);
    expect(await titles(system("test"))).toEqual(["Alice's", "Bob's", "Public"]);
  });

  test("keeps tenants apart while many units of work run at once", async () => {
    const principals = [alice, bob, anonymous];
    const seen = await Promise.all(Array.from({ length: 60 }, (_, i) => titles(principals[i % 3] ?? anonymous)));
    for (const [i, found] of seen.entries()) {
      expect(found).toEqual([["Alice's", "Public"], ["Bob's", "Public"], ["Public"]][i % 3]);
    }
  });

  test("lets nobody write another tenant's rows, or public ones", async () => {
    const corpora = await inspect<{ id: number; tenant_id: string | null }>("select id, tenant_id from app.corpora");
    const plant = (principal: Principal, tenantId: string | null) =>
      db.as(principal, (tx) =>
        tx.insertInto("app.documents").values({
          tenant_id: tenantId, source: "help", source_id: "x", title: "x", url: "/x", content_hash: "x", chunk_count: 0, language: "english",
          tags: [], body: "x", updated_at: new Date(), corpus_id: corpora.find((corpus) => corpus.tenant_id === tenantId)?.id ?? 0,
        }).execute());
    await expect(plant(alice, bob.tenantId)).rejects.toThrow(/row-level security/);
    await expect(plant(alice, null)).rejects.toThrow(/row-level security/);
    await expect(plant(anonymous, null)).rejects.toThrow(/permission denied/);
  });

  test("changes and deletes only own rows, whatever the statement says", async () => {
    const changed = await db.as(alice, (tx) => tx.updateTable("app.documents").set({ title: "taken" }).where("title", "=", "Bob's").executeTakeFirst());
    const deleted = await db.as(alice, (tx) => tx.deleteFrom("app.documents").where("title", "in", ["Bob's", "Public"]).executeTakeFirst());
    expect([changed.numUpdatedRows, deleted.numDeletedRows]).toEqual([0n, 0n]);
    expect(await titles(bob)).toEqual(["Bob's", "Public"]);
  });

  test("can't hand a row to another tenant", async () => {
    const give = db.as(alice, (tx) => tx.updateTable("app.documents").set({ tenant_id: bob.tenantId }).where("title", "=", "Alice's").execute());
    await expect(give).rejects.toThrow(/row-level security/);
  });

  test("outside of one, the connection can read nothing", async () => {
    const { kysely } = opened.database;
    await expect(kysely.selectFrom("app.documents").selectAll().execute()).rejects.toThrow(/permission denied/);
    await expect(sql`select * from public.help_entries`.execute(kysely)).rejects.toThrow(/permission denied/);
    await expect(sql`select * from pgboss.job`.execute(kysely)).rejects.toThrow(/permission denied/);
    await expect(sql`select app.audit('a.b', 'c', null, null, null)`.execute(kysely)).rejects.toThrow(/permission denied/);
  });

  test("calls a function with one value, as the principal, and undoes what fails", async () => {
    const value = ["it's", "\\", "\\'; select 1; --", "$$", "é ✓ \ud83d\ude00", '"', "\n"];
    await expect(db.call(system("test"), "llm_settle_all; select 1", value)).rejects.toThrow("no function's name");
    await expect(db.call(anonymous, "llm_reserve_all", [])).rejects.toThrow(/permission denied/);
    await expect(db.call(system("test"), "llm_reserve_all", value)).rejects.toThrow(/cannot call|invalid|must be|non-object/);
    expect(await db.call(system("test"), "llm_reserve_all", [])).toEqual([]);
    const { rows } = await sql<{ role: string }>`select current_user as role`.execute(opened.database.kysely);
    expect(rows).toEqual([{ role: "tieline_app" }]);
  });

  test("leaves neither role nor claims behind", async () => {
    await titles(alice);
    const { rows } = await sql<{ role: string; claims: string }>`
      select current_user as role, coalesce(current_setting('request.jwt.claims', true), '') as claims`.execute(opened.database.kysely);
    expect(rows).toEqual([{ role: "tieline_app", claims: "" }]);
  });

  test("rolls back when its work throws", async () => {
    const failing = db.as(system("test"), async (tx) => {
      await tx.deleteFrom("app.documents").execute();
      throw new Error("on purpose");
    });
    await expect(failing).rejects.toThrow("on purpose");
    expect(await titles(anonymous)).toEqual(["Public"]);
  });

  test("writes the audit as who it runs for, and shows it to the organisation's owners alone", async () => {
    await db.as(alice, (tx) => sql`select app.audit('document.delete', 'x', '{"a":1}', null, null)`.execute(tx));
    const rows = await inspect("select tenant_id, actor_role, actor_id, action from app.audit_log");
    expect(rows).toEqual([{ tenant_id: alice.tenantId, actor_role: "authenticated", actor_id: alice.userId, action: "document.delete" }]);
    const seenBy = (principal: Principal) => db.as(principal, (tx) => tx.selectFrom("app.audit_log").select("action").execute());
    expect(await seenBy(alice)).toEqual([{ action: "document.delete" }]);
    for (const other of [bob, { ...alice, userId: newId() }, { ...bob, tenantId: alice.tenantId }]) expect(await seenBy(other)).toEqual([]);
    await expect(seenBy(anonymous)).rejects.toThrow(/permission denied/);
    await expect(db.as(anonymous, (tx) => sql`select app.audit('a.b', 'c', null, null, null)`.execute(tx))).rejects.toThrow(/permission denied/);
  });
});

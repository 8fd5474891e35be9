import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST as feedback } from "#app/api/ask/feedback/route.ts";
import { POST as ask } from "#app/api/ask/route.ts";
import { newId } from "#lib/ids.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { createDocument } from "../support/factories.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { call, resetEnvironment, useEnvironment } from "../support/http.ts";
import { callableOperations, pathWith } from "../support/operations.ts";
import { createFellow, createInvitation, createOrganisationKey, createOwner, insertKey, type Person } from "../support/organisations.ts";

/** Stands in everything that is the victim's, and in nothing else. */
const marker = "Zanzibarite";

interface Victim {
  tenantId: string;
  userId: string;
  fellowId: string;
  invitationId: string;
  keyId: string;
}

interface Attack {
  /** Values for the path: ids of the victim's. */
  params?: (victim: Victim) => Record<string, string>;
  json?: (victim: Victim) => unknown;
  query?: (victim: Victim) => string;
  /** True when the attack names something of the victim's, so that nobody may succeed with it. */
  foreign?: boolean;
}

/** What an attacker tries on each route that knows tenants. A route without an attack fails the first test. */
const attacks: Record<string, Attack> = {
  "GET /api/account": {},
  "PATCH /api/account": { json: () => ({ name: "Attacker" }) },
  "DELETE /api/account": { json: () => ({ password: "not the password" }), foreign: true },
  "GET /api/account/export": {},
  "POST /api/account/email": { json: () => ({ email: `${newId()}@example.com`, password: "not the password" }), foreign: true },
  "POST /api/account/password": { json: () => ({ current: "not the password", next: "another horse battery staple" }), foreign: true },
  "POST /api/ask": { json: () => ({ question: `What is the ${marker} line rated at?` }) },
  "GET /api/llm/history": { query: () => `?cursor=${cursor(after(newId()))}` },
  "POST /api/invitations/accept": { json: ({ invitationId }) => ({ token: invitationId }), foreign: true },
  "GET /api/organisation": {},
  "PATCH /api/organisation": { json: () => ({ name: "Attacker's" }) },
  "DELETE /api/organisation": { json: () => ({ name: `${marker} Power` }), foreign: true },
  "GET /api/organisation/activity": { query: ({ userId }) => `?actor=${userId}` },
  "GET /api/organisation/export": {},
  "GET /api/organisation/invitations": { query: ({ invitationId }) => `?cursor=${cursor(after(invitationId))}` },
  "POST /api/organisation/invitations": { json: () => ({ role: "member" }) },
  "DELETE /api/organisation/invitations/[id]": { params: ({ invitationId: id }) => ({ id }), foreign: true },
  "GET /api/organisation/keys": { query: ({ keyId }) => `?cursor=${cursor(after(keyId))}` },
  "POST /api/organisation/keys": { json: () => ({ name: "Attacker's", scopes: ["ask"] }) },
  "DELETE /api/organisation/keys/[id]": { params: ({ keyId: id }) => ({ id }), foreign: true },
  "GET /api/organisation/members": { query: ({ userId }) => `?cursor=${cursor("2000-01-01 00:00:00+00", userId)}` },
  "PATCH /api/organisation/members/[userId]": { params: ({ fellowId: userId }) => ({ userId }), json: () => ({ role: "owner" }), foreign: true },
  "DELETE /api/organisation/members/[userId]": { params: ({ fellowId: userId }) => ({ userId }), foreign: true },
  "GET /api/organisations": {},
  "POST /api/organisations": { json: () => ({ name: "Another" }) },
  "POST /api/organisations/active": { json: ({ tenantId }) => ({ id: tenantId }), foreign: true },
};

const cursor = (...key: string[]) => Buffer.from(JSON.stringify(key)).toString("base64url");
/** An id after this one, so that a page before it would begin with it. */
const after = (id: string) => `ffffffff${id.slice(8)}`;

const tenantRoutes = (await callableOperations()).filter(({ operation: { auth, scope } }) => ["user", "member", "owner"].includes(auth) || scope !== undefined);

test("every route that knows tenants has an attack, and every attack a route", () => {
  expect(Object.keys(attacks).sort()).toEqual(tenantRoutes.map(({ name }) => name).sort());
  for (const { name } of tenantRoutes.filter(({ pattern }) => pattern.includes("["))) expect([name, attacks[name]?.foreign]).toEqual([name, true]);
});

describe.each(engines)("an attacker's organisation on the %s engine", (engine) => {
  let opened: TestDatabase;
  let victim: Victim;
  let owner: Person & { tenantId: string };
  let credentials: Record<string, () => Promise<Record<string, string>>>;

  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    useEnvironment({ RATE_LIMIT_PER_MINUTE: "1000000", RATE_LIMIT_LLM_PER_MINUTE: "1000000" });
    const target = await createOwner(`${marker} Power`);
    const fellow = await createFellow(target);
    await inspect("insert into app.users (id, email, name) values ($1, $2, $3) on conflict (id) do update set name = $3, email = $2", [fellow.userId, `${marker}@example.com`, marker]);
    await createDocument(`# ${marker}\n\nThe ${marker} line is rated at 777 MW.`, { tenantId: target.tenantId, source: "upload", title: marker });
    const { id: invitationId } = await createInvitation(target);
    const { id: keyId, headers } = await createOrganisationKey(target, marker);
    const answered = await call(ask, "/api/ask", { json: { question: `What is the ${marker} line rated at?` }, headers });
    expect(JSON.stringify(await answered.json())).toContain("777 MW");
    victim = { tenantId: target.tenantId, userId: target.userId, fellowId: fellow.userId, invitationId, keyId };

    owner = await createOwner("Attackers");
    const member = await createFellow(owner);
    const { headers: key } = await createOrganisationKey(owner);
    const { headers: otherScope } = await insertKey(owner.tenantId, ["usage:read"]);
    // The cookie names the victim's organisation.
    const asked = (person: Person) => person.jar.with({ tieline_organisation: victim.tenantId }).headers;
    credentials = {
      "its owner": async () => asked(owner), "a member": async () => asked(member), "its key": async () => ({ ...key, cookie: `tieline_organisation=${victim.tenantId}` }), "its key of another scope": async () => otherScope,
    };
  });
  afterAll(async () => {
    resetEnvironment();
    await opened.close();
  });

  /** Everything of the victim's, in every table with a tenant. */
  async function victims(): Promise<unknown[]> {
    const tables = await inspect<{ name: string }>(`select c.oid::regclass::text as name from pg_class c where c.relkind = 'r' and c.relnamespace = 'app'::regnamespace
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) order by 1`);
    const rows = await Promise.all(tables.map(({ name }) => inspect(`select '${name}' as name, to_jsonb(t) as row from ${name} t where tenant_id = $1 order by to_jsonb(t)::text`, [victim.tenantId])));
    return [...rows.flat(), ...(await inspect("select * from app.organisations where id = $1", [victim.tenantId])), ...(await inspect("select * from app.users where id = any ($1)", [[victim.userId, victim.fellowId]]))];
  }

  test.each(tenantRoutes.map((route) => [route.name, route] as const))("%s gives none of the victim's bytes and changes none of its rows", async (name, { handler, method, pattern }) => {
    const { params, json, query, foreign } = attacks[name] ?? {};
    const before = await victims();
    expect(before.length).toBeGreaterThan(8);
    for (const [who, headers] of Object.entries(credentials)) {
      const values = params?.(victim) ?? {};
      const response = await call(handler, `${pathWith(pattern, values)}${query?.(victim) ?? ""}`, {
        method, headers: await headers(), params: values, ...(json ? { json: json(victim) } : {}),
      });
      const seen = `${JSON.stringify([...response.headers])}${await response.text()}`;
      // The question itself is the attacker's own, and is kept with the answer.
      const told = seen.replaceAll(`What is the ${marker} line rated at?`, "");
      for (const secret of [marker, "777 MW", victim.tenantId, victim.fellowId, victim.userId, victim.keyId, victim.invitationId]) expect([who, told]).not.toEqual([who, expect.stringContaining(secret)]);
      expect([who, response.status]).not.toEqual([who, expect.toSatisfy((status: number) => status >= 500)]);
      if (foreign) expect([who, response.status]).toEqual([who, expect.toSatisfy((status: number) => status >= 400)]);
      if (foreign && pattern.includes("[") && who === "its owner") expect(response.status).toBe(404);
      if (who === "its key" && name !== "POST /api/ask") expect(response.status).toBe(403);
      if (who === "its key of another scope") expect(response.status).toBe(403);
    }
    expect(await victims()).toEqual(before);
    // What the attacker's own organisation lost on the way doesn't make the next attack an easier one.
    expect(await inspect("select from app.memberships where tenant_id = $1", [owner.tenantId])).toHaveLength(2);
  });

  test("feedback on the victim's answer is on an answer that isn't there", async () => {
    const [answer] = await inspect<{ id: string }>("select id from app.answers where tenant_id = $1", [victim.tenantId]);
    for (const headers of [await credentials["its owner"]?.(), {}]) {
      const response = await call(feedback, "/api/ask/feedback", { json: { answerId: answer?.id, helpful: true }, headers: headers ?? {} });
      expect(response.status).toBe(404);
    }
  });

  test("a unit of work without claims sees no row of any tenant, and one of the attacker's sees none of the victim's", async () => {
    const tables = await inspect<{ name: string }>(`select c.oid::regclass::text as name from pg_class c where c.relkind = 'r' and c.relnamespace = 'app'::regnamespace
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
      and has_any_column_privilege('authenticated', c.oid, 'select')`);
    expect(tables.length).toBeGreaterThan(6);
    const count = (tenant: string | null) => async (name: string) => {
      return db.as({ kind: "member", ...owner, role: "owner" }, async (tx) => {
        if (tenant === null) await sql`select set_config('request.jwt.claims', '', true)`.execute(tx);
        const { rows } = await sql<{ n: number }>`select count(tenant_id)::int as n from ${sql.table(name)} where ${tenant}::uuid is null or tenant_id = ${tenant}`.execute(tx);
        return rows[0]?.n;
      });
    };
    for (const { name } of tables) expect([name, await count(null)(name), await count(victim.tenantId)(name)]).toEqual([name, 0, 0]);
    // The same question finds the attacker's own, so that it isn't blind.
    const own = await db.as({ kind: "member", ...owner, role: "owner" }, (tx) => tx.selectFrom("app.memberships").select("user_id").where("tenant_id", "=", owner.tenantId).execute());
    expect(own).toHaveLength(2);
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DELETE as remove, GET as read, PATCH as rename } from "#app/api/organisation/route.ts";
import { POST as choose } from "#app/api/organisations/active/route.ts";
import { GET as list, POST as create } from "#app/api/organisations/route.ts";
import { Organisation, OrganisationList } from "#domains/accounts/index.ts";
import { call, resetEnvironment, useEnvironment } from "../support/http.ts";
import { createDocument } from "../support/factories.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { actionsOf, addModelCall, as, createFellow, createInvitation, createOrganisationKey, createOwner, createPerson, type Person } from "../support/organisations.ts";

const code = async (response: Response) => ((await response.json()) as { code: string }).code;
const listed = async (person: Person) => OrganisationList.parse(await (await as(person, list, "/api/organisations")).json()).organisations;
const ownCookie = (response: Response) => response.headers.getSetCookie().find((cookie) => cookie.startsWith("tieline_organisation="));

describe.each(engines)("organisations on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase(engine)));
  afterAll(() => opened.close());

  describe("POST /api/organisations", () => {
    test("makes an organisation whose owner works in it from then on, and notes it", async () => {
      const person = await createPerson();
      const response = await as(person, create, "/api/organisations", { json: { name: "  Northern Power  " } });
      expect(response.status).toBe(201);
      const made = await response.json();
      expect(made).toEqual({ id: expect.any(String), name: "Northern Power", role: "owner", active: true });
      expect(ownCookie(response)).toBe(`tieline_organisation=${made.id}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax`);
      expect(await listed(person)).toEqual([made]);
      expect(await actionsOf(made.id)).toEqual(["organisation.created"]);
      expect(await inspect("select actor_id, after from app.audit_log where tenant_id = $1", [made.id])).toEqual([{ actor_id: person.userId, after: { name: "Northern Power" } }]);
    });

    test("keeps the cookie to TLS under https", async () => {
      useEnvironment({ APP_URL: "https://tieline.test" });
      const response = await as(await createPerson(), create, "/api/organisations", { json: { name: "Secure" } });
      resetEnvironment();
      expect(ownCookie(response)).toMatch(/; HttpOnly; SameSite=Lax; Secure$/);
    });

    test.each([{}, { name: "" }, { name: "   " }, { name: "x".repeat(101) }, { name: "two\nlines" }, { name: "hid\u200bden" }, { name: 1 }, { name: "a", role: "owner" }])(
      "refuses %j", async (json) => expect((await as(await createPerson(), create, "/api/organisations", { json })).status).toBe(400));

    test("asks visitors to sign in", async () => {
      const response = await call(create, "/api/organisations", { json: { name: "Nobody's" } });
      expect([response.status, await code(response)]).toEqual([401, "UNAUTHENTICATED"]);
    });

    test("stops at 50", async () => {
      const person = await createPerson();
      await inspect("with made as (insert into app.organisations (name) select 'Many' from generate_series(1, 50) returning id) insert into app.memberships (tenant_id, user_id, role) select id, $1, 'owner' from made", [person.userId]);
      const response = await as(person, create, "/api/organisations", { json: { name: "One more" } });
      expect([response.status, await code(response)]).toEqual([409, "CONFLICT"]);
    });
  });

  describe("GET /api/organisations", () => {
    test("lists one's own by name, with roles, and says which is active", async () => {
      const person = await createPerson();
      expect(await listed(person)).toEqual([]);
      await createOwner("Zeta", person);
      const host = await createOwner("alpha");
      const { token } = await createInvitation(host);
      const { POST: accept } = await import("#app/api/invitations/accept/route.ts");
      await as(person, accept, "/api/invitations/accept", { json: { token } });
      expect(await listed(person)).toMatchObject([{ name: "alpha", role: "member", active: true }, { name: "Zeta", role: "owner", active: false }]);
    });
  });

  describe("POST /api/organisations/active", () => {
    test("changes where one works, and nowhere else", async () => {
      const person = await createPerson();
      const first = await createOwner("First", person);
      await createOwner("Second", person);
      const response = await as(person, choose, "/api/organisations/active", { json: { id: first.tenantId } });
      expect([response.status, await response.text()]).toEqual([204, ""]);
      expect((await listed(person)).find(({ active }) => active)?.id).toBe(first.tenantId);
    });

    test("answers 404 for another's and for none, and sets nothing", async () => {
      const [person, other] = [await createOwner("Mine"), await createOwner("Theirs")];
      for (const id of [other.tenantId, "00000000-0000-7000-8000-000000000000"]) {
        const response = await as(person, choose, "/api/organisations/active", { json: { id } });
        expect([response.status, ownCookie(response)]).toEqual([404, undefined]);
      }
      expect((await as(person, choose, "/api/organisations/active", { json: { id: "x" } })).status).toBe(400);
    });
  });

  describe("GET /api/organisation", () => {
    test("says what it is and what one is in it", async () => {
      const owner = await createOwner("Counted");
      const fellow = await createFellow(owner);
      await createOrganisationKey(owner);
      await createInvitation(owner);
      const seen = async (person: Person) => Organisation.parse(await (await as(person, read, "/api/organisation")).json());
      expect(await seen(owner)).toMatchObject({ id: owner.tenantId, name: "Counted", role: "owner", counts: { members: 2, owners: 1, keys: 1, invitations: 1 } });
      expect(await seen(fellow)).toMatchObject({ role: "member", counts: { invitations: null } });
    });

    test("tells somebody without one to create it", async () => {
      const response = await as(await createPerson(), read, "/api/organisation");
      expect([response.status, await response.json()]).toMatchObject([403, { code: "TENANT_FORBIDDEN", detail: expect.stringContaining("Create one") }]);
    });
  });

  describe("PATCH /api/organisation", () => {
    test("renames it, and notes both names", async () => {
      const owner = await createOwner("Before");
      const response = await as(owner, rename, "/api/organisation", { method: "PATCH", json: { name: "After" } });
      expect([response.status, await response.json()]).toMatchObject([200, { name: "After" }]);
      const [row] = await inspect("select before, after from app.audit_log where tenant_id = $1 and action = 'organisation.renamed'", [owner.tenantId]);
      expect(row).toEqual({ before: { name: "Before" }, after: { name: "After" } });
    });

    test("is for owners", async () => {
      const fellow = await createFellow(await createOwner("Kept"));
      const response = await as(fellow, rename, "/api/organisation", { method: "PATCH", json: { name: "Taken" } });
      expect([response.status, await code(response)]).toEqual([403, "TENANT_FORBIDDEN"]);
    });
  });

  describe("DELETE /api/organisation", () => {
    const removal = (person: Person, name: string) => as(person, remove, "/api/organisation", { method: "DELETE", json: { name } });

    test("leaves no row of it in any table, and takes the cookie", async () => {
      const owner = await createOwner("Short-lived");
      const { tenantId } = owner;
      await createFellow(owner);
      await createInvitation(owner);
      const { headers } = await createOrganisationKey(owner);
      await createDocument("# Kept\n\nThe Wombat line is rated at 250 MW.", { tenantId, source: "upload" });
      const { POST: ask } = await import("#app/api/ask/route.ts");
      const { POST: judge } = await import("#app/api/ask/feedback/route.ts");
      const answer = (await (await call(ask, "/api/ask", { json: { question: "What is the Wombat line rated at?" }, headers })).json()) as { id: string; answer: string };
      expect(answer.answer).toContain("250 MW");
      await as(owner, judge, "/api/ask/feedback", { json: { answerId: answer.id, helpful: false, comment: "Too short" } });
      await inspect("insert into app.help_entries (id, title, short, topic, tags, sources, body, content_hash, seeded_hash) values ('rated', 'R', 'R', 'Answers', '{}', '[]', 'R', 'x', 'x')");
      await inspect("insert into app.help_feedback (entry_id, tenant_id, rating) values ('rated', $1, 3)", [tenantId]);
      await addModelCall(tenantId);

      const tables = (await inspect<{ name: string }>(`select c.oid::regclass::text as name from pg_class c where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'app'::regnamespace
        and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)`)).map(({ name }) => name);
      const filled = async () => {
        const counts = await Promise.all(tables.map(async (name) => ({ name, rows: (await inspect(`select from ${name} where tenant_id = $1`, [tenantId])).length })));
        return counts.filter(({ rows }) => rows > 0).map(({ name }) => name).sort();
      };
      const [corpus] = await inspect<{ id: number }>("select id from app.corpora where tenant_id = $1", [tenantId]);
      // A table that is empty beforehand proves nothing: a new one with a tenant needs a row here.
      expect(await filled()).toEqual(tables.toSorted());

      const response = await removal(owner, "Short-lived");
      expect([response.status, ownCookie(response)]).toEqual([204, "tieline_organisation=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"]);
      expect(await filled()).toEqual(["app.audit_log"]);
      for (const table of ["app.chunks", "app.terms", "app.postings"]) expect(await inspect(`select $2::text as table_name, * from ${table} where corpus_id = $1`, [corpus?.id, table])).toEqual([]);
      expect((await actionsOf(tenantId)).at(-1)).toBe("organisation.deleted");
      expect((await call(ask, "/api/ask", { json: { question: "And now?" }, headers })).status).toBe(401);
      expect(await listed(owner)).toEqual([]);
    });

    test("deletes nothing for another name", async () => {
      const owner = await createOwner("Exact");
      const response = await removal(owner, "exact");
      expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ path: "name" }] }]);
      expect(await listed(owner)).toHaveLength(1);
      expect(await actionsOf(owner.tenantId)).not.toContain("organisation.deleted");
    });

    test("is for owners", async () => {
      const owner = await createOwner("Stays");
      expect((await removal(await createFellow(owner), "Stays")).status).toBe(403);
      expect(await listed(owner)).toHaveLength(1);
    });
  });
});

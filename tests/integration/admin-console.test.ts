import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as audit } from "#app/api/admin/audit/route.ts";
import { GET as exportAudit } from "#app/api/admin/audit/export/route.ts";
import { GET as flags } from "#app/api/admin/flags/route.ts";
import { PUT as switchFlag } from "#app/api/admin/flags/[key]/route.ts";
import { GET as mail } from "#app/api/admin/mail/route.ts";
import { GET as readMail } from "#app/api/admin/mail/[id]/route.ts";
import { POST as retryMail } from "#app/api/admin/mail/[id]/retry/route.ts";
import { GET as organisations } from "#app/api/admin/organisations/route.ts";
import { GET as organisation } from "#app/api/admin/organisations/[id]/route.ts";
import { GET as users } from "#app/api/admin/users/route.ts";
import { GET as user } from "#app/api/admin/users/[id]/route.ts";
import { AuditPage, UserDetail, UserPage } from "#domains/accounts/index.ts";
import { newId } from "#lib/ids.ts";
import { system } from "#platform/auth/principal.ts";
import { audit as record } from "#platform/db/audit.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { isEnabled } from "#platform/flags/flags.ts";
import { FlagList } from "#platform/flags/schema.ts";
import type { RouteHandler } from "#platform/http/operation.ts";
import { deliverMail, postMail } from "#platform/mail/mail.ts";
import { startWorkers } from "#platform/queue/queue.ts";
import { MailPage, MailText } from "#platform/mail/schema.ts";
import { OrganisationPage, OrganisationWithFigures } from "#app/admin/organisation-figures.ts";
import { createAdmin, type SignedInAdmin } from "../support/admins.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { createDocument, createMember } from "../support/factories.ts";
import { call } from "../support/http.ts";

describe.each(engines)("the console on the %s engine", (engine) => {
  let opened: TestDatabase;
  let viewer: SignedInAdmin;
  let editor: SignedInAdmin;
  let chief: SignedInAdmin;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    // Makes the queue, and works on nothing.
    const stop = await startWorkers([{ ...deliverMail, run: () => Promise.resolve({}) }]);
    await stop(1_000);
    [viewer, editor, chief] = [await createAdmin("viewer"), await createAdmin("admin"), await createAdmin("super_admin")];
  });
  afterAll(() => opened.close());

  const get = (handler: RouteHandler, path: string, params: Record<string, string> = {}, by = viewer) => call(handler, path, { headers: by.headers, params });
  const addUser = async (email: string, name: string, at = new Date()) => {
    const id = newId();
    await inspect("insert into app.users (id, email, name, created_at) values ($1, $2, $3, $4)", [id, email, name, at]);
    return id;
  };

  describe("GET /api/admin/users", () => {
    test("finds by a part of name or e-mail, taking every sign as itself", async () => {
      await addUser("zoe.lee@grid.example", "Zoé Lee");
      const find = async (q: string) => UserPage.parse(await (await get(users, `/api/admin/users?q=${encodeURIComponent(q)}`)).json()).users.map(({ email }) => email);
      expect(await find("ZOE.LEE")).toEqual(["zoe.lee@grid.example"]);
      expect(await find("oé l")).toEqual(["zoe.lee@grid.example"]);
      expect(await find("%")).toEqual([]);
      expect(await find("_")).toEqual([]);
      expect(await find("'; drop table app.users; --")).toEqual([]);
    });

    test("pages through users made in the same instant, each once", async () => {
      const at = new Date("2020-01-01T00:00:00.123Z");
      const made = await Promise.all(Array.from({ length: 7 }, (_, n) => addUser(`page${n}@page.example`, "", at)));
      const seen: string[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const path = `/api/admin/users?q=page.example&limit=3${cursor && `&cursor=${cursor}`}`;
        const page: { users: { id: string }[]; next: string | null } = UserPage.parse(await (await get(users, path)).json());
        seen.push(...page.users.map(({ id }) => id));
        cursor = page.next;
      }
      expect(seen.toSorted()).toEqual(made.toSorted());
    });

    test.each(["limit=0", "limit=1000", "cursor=x", "cursor=WyJhIl0", "role=x", `q=${"x".repeat(300)}`, `cursor=${Buffer.from('["2020","x"]').toString("base64url")}`])(
      "refuses ?%s", async (query) => expect((await get(users, `/api/admin/users?${query}`)).status).toBe(400));
  });

  describe("GET /api/admin/users/{id}", () => {
    test("says where somebody belongs", async () => {
      const { tenantId, userId } = await createMember("Grid club");
      await inspect("insert into app.users (id, email) values ($1, 'member@grid.example')", [userId]);
      const detail = UserDetail.parse(await (await get(user, `/api/admin/users/${userId}`, { id: userId })).json());
      expect(detail).toMatchObject({ email: "member@grid.example", memberships: [{ organisationId: tenantId, organisation: "Grid club", role: "owner" }] });
      expect((await get(user, `/api/admin/users/${newId()}`, { id: newId() })).status).toBe(404);
    });
  });

  describe("GET /api/admin/organisations", () => {
    test("counts members, documents and answers", async () => {
      const { tenantId } = await createMember("Counted");
      await createDocument("# One\n\nText.", { tenantId });
      await inspect("insert into app.answers (id, tenant_id, question, answer, mode, partial, citations, trace_id, duration_ms) values ($1, $2, 'q', 'a', 'abstained', false, '[]', 't', 1)", [newId(), tenantId]);
      const found = OrganisationPage.parse(await (await get(organisations, "/api/admin/organisations?q=counted")).json());
      expect(found.organisations).toMatchObject([{ id: tenantId, members: 1, documents: 1, answers: 1 }]);
      expect(found.next).toBeNull();
    });
  });

  describe("GET /api/admin/organisations/{id}", () => {
    test("says who belongs to it", async () => {
      const { tenantId, userId } = await createMember("Detailed");
      const detail = OrganisationWithFigures.parse(await (await get(organisation, `/api/admin/organisations/${tenantId}`, { id: tenantId })).json());
      expect(detail).toMatchObject({ name: "Detailed", members: 1, keys: 0, invitations: 0, documents: 0, answers: 0, memberships: [{ userId, email: null, role: "owner" }] });
      expect((await get(organisation, `/api/admin/organisations/${newId()}`, { id: newId() })).status).toBe(404);
    });
  });

  describe("GET /api/admin/audit", () => {
    const read = async (query: string) => AuditPage.parse(await (await get(audit, `/api/admin/audit?${query}`)).json());

    test("filters by who, what, on what, where, when and request; pages without repeating", async () => {
      const member = await createMember("Audited");
      await inspect("insert into app.users (id, email) values ($1, 'actor@grid.example')", [member.userId]);
      await db.as(member, (tx) => record(tx, "thing.renamed", "thing one", { before: { name: "a" }, after: { name: "b" } }));
      await db.as(chief.admin, (tx) => record(tx, "thing.deleted", "thing one"));
      await db.as(system("sweeper"), (tx) => record(tx, "thing_two.swept", "thing two"));
      const byMember = await read(`actor=ACTOR@grid.example&action=thing.`);
      expect(byMember.entries).toMatchObject([{ actor: { role: "authenticated", id: member.userId, name: "actor@grid.example" }, organisation: { id: member.tenantId, name: "Audited" }, before: { name: "a" }, after: { name: "b" } }]);
      expect((await read(`organisation=${member.tenantId}`)).entries).toHaveLength(1);
      expect((await read(`actor=${chief.admin.email}`)).entries.map(({ action }) => action)).toEqual(["thing.deleted"]);
      expect((await read("action=thing.deleted")).entries[0]?.actor).toEqual({ role: "admin", id: chief.admin.adminId, name: chief.admin.email });
      expect((await read("target=thing%20two&actor=sweeper")).entries).toHaveLength(1);
      expect((await read("action=thing_")).entries.map(({ action }) => action)).toEqual(["thing_two.swept"]);
      const [first, second] = [await read("target=thing&limit=2"), await read("target=thing&limit=2").then(({ next }) => read(`target=thing&limit=2&cursor=${next}`))];
      expect([...first.entries, ...second.entries].map(({ action }) => action)).toEqual(["thing_two.swept", "thing.deleted", "thing.renamed"]);
      expect(second.next).toBeNull();
    });

    test("takes a day as Eastern Standard Time has it, whole", async () => {
      await inspect("insert into app.audit_log (at, actor_role, action, target) values ('2020-05-02T04:59:59Z', 'x', 'day.kept', 'before'), ('2020-05-02T05:00:00Z', 'x', 'day.kept', 'first'), ('2020-05-03T04:59:59Z', 'x', 'day.kept', 'last'), ('2020-05-03T05:00:00Z', 'x', 'day.kept', 'after')");
      const targets = (await read("action=day.kept&from=2020-05-02&to=2020-05-02")).entries.map(({ target }) => target);
      expect(targets.toSorted()).toEqual(["first", "last"]);
      expect((await read("action=day.kept&to=2020-05-02T05:00:00Z")).entries.map(({ target }) => target)).toEqual(["before"]);
    });

    test.each(["from=yesterday", "organisation=x", "request=1", "action=Robert'); drop", "cursor=zz", "unknown=1"])(
      "refuses ?%s", async (query) => expect((await get(audit, `/api/admin/audit?${query}`)).status).toBe(400));
  });

  describe("GET /api/admin/audit/export", () => {
    test("writes the filtered log as CSV that no spreadsheet runs", async () => {
      await db.as(chief.admin, (tx) => record(tx, "csv.written", "=cmd|'/C calc'!A0", { after: { quote: 'say "x"' } }));
      const response = await get(exportAudit, "/api/admin/audit/export?action=csv.");
      expect(response.headers.get("content-disposition")).toBe('attachment; filename="tieline-audit.csv"');
      const [head, row, ...rest] = (await response.text()).split("\r\n");
      expect(head).toMatch(/^time,actor role,actor,/);
      expect(row).toContain(`,admin,${chief.admin.email},${chief.admin.adminId},,,csv.written,'=cmd|'/C calc'!A0,,"{""quote"":""say \\""x\\""""}",`);
      expect(rest).toEqual([""]);
    });

    test("holds more rows than it reads at a time", async () => {
      await inspect("insert into app.audit_log (actor_role, action, target) select 'x', 'many.rows', n::text from generate_series(1, 2001) n");
      const rows = (await (await get(exportAudit, "/api/admin/audit/export?action=many.rows")).text()).trimEnd().split("\r\n").slice(1);
      expect(new Set(rows.map((row) => row.split(",")[7])).size).toBe(2001);
    });
  });

  describe("GET /api/admin/flags", () => {
    test("lists every flag, and that none was switched", async () => {
      const { flags: all } = FlagList.parse(await (await get(flags, "/api/admin/flags")).json());
      expect(all.find(({ key }) => key === "generated-answers")).toMatchObject({ enabled: true, rolloutPercent: 100, updatedAt: null });
    });
  });

  describe("PUT /api/admin/flags/{key}", () => {
    const put = (key: string, json: unknown, by = editor) => call(switchFlag, `/api/admin/flags/${key}`, { method: "PUT", params: { key }, json, headers: by.headers });

    test("acts at once, and keeps who did it", async () => {
      expect(await isEnabled("sign-up", "somebody")).toBe(true);
      expect((await put("sign-up", { enabled: false, rolloutPercent: 100 })).status).toBe(200);
      expect(await isEnabled("sign-up", "somebody")).toBe(false);
      expect(await inspect("select actor_id, target, before, after from app.audit_log where action = 'flag.switched' order by id desc limit 1")).toEqual([
        { actor_id: editor.admin.adminId, target: "sign-up", before: { enabled: true, rolloutPercent: 100 }, after: { enabled: false, rolloutPercent: 100 } },
      ]);
      await put("sign-up", { enabled: true, rolloutPercent: 30 });
      const subjects = Array.from({ length: 1_000 }, (_, n) => `subject ${n}`);
      const on = (await Promise.all(subjects.map((subject) => isEnabled("sign-up", subject)))).filter(Boolean).length;
      expect(on).toBeGreaterThan(250);
      expect(on).toBeLessThan(350);
      await put("sign-up", { enabled: true, rolloutPercent: 100 });
    });

    test.each([["no-such-flag", { enabled: true, rolloutPercent: 1 }], ["sign-up", { enabled: true }], ["sign-up", { enabled: true, rolloutPercent: 101 }], ["sign-up", { enabled: true, rolloutPercent: 0.5 }], ["sign-up", { enabled: "off", rolloutPercent: 1 }]])(
      "refuses %s %j", async (key, json) => expect((await put(key, json)).status).toBe(400));
  });

  const post = async (recipient: string) => {
    await db.as(system("test"), (tx) => postMail(tx, { kind: "test-mail", recipient, subject: "A link", body: "https://one-time.example/secret" }));
    const [row] = await inspect<{ id: string }>("select id from app.mail where recipient = $1", [recipient]);
    return row?.id ?? "";
  };

  describe("GET /api/admin/mail", () => {
    test("shows no text to anybody, and whole recipients to super administrators alone", async () => {
      await post("ana.roy@grid.example");
      const seenBy = async (by: SignedInAdmin) => {
        const text = await (await get(mail, "/api/admin/mail?kind=test-mail", {}, by)).text();
        expect(text).not.toContain("one-time.example");
        return MailPage.parse(JSON.parse(text)).mails.map(({ recipient }) => recipient);
      };
      expect([await seenBy(viewer), await seenBy(editor), await seenBy(chief)]).toEqual([["a…@grid.example"], ["a…@grid.example"], ["ana.roy@grid.example"]]);
    });

    test("filters by state", async () => {
      const id = await post("failed@grid.example");
      await inspect("update app.mail set attempts = 10, last_error = 'refused' where id = $1", [id]);
      const { mails } = MailPage.parse(await (await get(mail, "/api/admin/mail?state=failed")).json());
      expect(mails).toMatchObject([{ id, state: "failed", attempts: 10, lastError: "refused" }]);
      expect((await get(mail, "/api/admin/mail?state=lost")).status).toBe(400);
    });
  });

  describe("GET /api/admin/mail/{id}", () => {
    test("shows the text to a super administrator, and keeps that it was read", async () => {
      const id = await post("read@grid.example");
      expect(MailText.parse(await (await get(readMail, `/api/admin/mail/${id}`, { id }, chief)).json()).body).toContain("one-time.example");
      expect(await inspect("select actor_id, action, target, after->>'recipient' as recipient from app.audit_log order by id desc limit 1")).toEqual([
        { actor_id: chief.admin.adminId, action: "mail.read", target: id, recipient: "r…@grid.example" },
      ]);
      expect((await get(readMail, `/api/admin/mail/${newId()}`, { id: newId() }, chief)).status).toBe(404);
    });
  });

  describe("POST /api/admin/mail/{id}/retry", () => {
    const retry = (id: string) => call(retryMail, `/api/admin/mail/${id}/retry`, { method: "POST", params: { id }, headers: editor.headers });

    test("gives a mail its attempts back, but not one that was delivered", async () => {
      const id = await post("again@grid.example");
      await inspect("update app.mail set attempts = 10, last_error = 'refused' where id = $1", [id]);
      expect((await retry(id)).status).toBe(204);
      expect(await inspect("select attempts, last_error from app.mail where id = $1", [id])).toEqual([{ attempts: 0, last_error: null }]);
      await inspect("update app.mail set sent_at = now() where id = $1", [id]);
      expect((await retry(id)).status).toBe(409);
      expect((await retry(newId())).status).toBe(404);
    });
  });
});

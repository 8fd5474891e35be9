import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as list, POST as create } from "#app/api/admin/admins/route.ts";
import { PATCH as change } from "#app/api/admin/admins/[id]/route.ts";
import { POST as reset } from "#app/api/admin/admins/[id]/password/route.ts";
import { POST as login } from "#app/api/admin/login/route.ts";
import { POST as changePassword } from "#app/api/admin/password/route.ts";
import { GET as session } from "#app/api/admin/session/route.ts";
import { GET as sessions } from "#app/api/admin/sessions/route.ts";
import { DELETE as endSession } from "#app/api/admin/sessions/[id]/route.ts";
import { AdminAccounts, AdminSessions, AdminWithPassword } from "#domains/accounts/index.ts";
import { createAdminByCommand, resetAdminByCommand } from "#domains/accounts/server.ts";
import { newId } from "#lib/ids.ts";
import { createAdmin, createAdminWithPassword, headersOf, type SignedInAdmin } from "../support/admins.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { call, resetEnvironment, useEnvironment } from "../support/http.ts";

const password = "three unrelated words, a comma";
const logIn = (email: string, given: string) => call(login, "/api/admin/login", { json: { email, password: given } });
const statusOf = async (headers: Record<string, string>) => (await call(session, "/api/admin/session", { headers })).status;
const lastAudit = async () => (await inspect("select actor_id, action, target, before, after from app.audit_log order by id desc limit 1"))[0];
const problemOf = async (response: Response) => (await response.json()) as { status: number; code: string; detail: string; errors?: { path: string }[] };

describe.each(engines)("administrators on the %s engine", (engine) => {
  let opened: TestDatabase;
  let chief: SignedInAdmin;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    chief = await createAdmin("super_admin");
  });
  afterAll(() => opened.close());

  const patch = (id: string, json: unknown, by = chief) => call(change, `/api/admin/admins/${id}`, { method: "PATCH", params: { id }, json, headers: by.headers });

  describe("GET /api/admin/admins", () => {
    test("shows who there is to every role, and no hash", async () => {
      const viewer = await createAdmin("viewer");
      const text = await (await call(list, "/api/admin/admins", { headers: viewer.headers })).text();
      expect(text).not.toMatch(/\$2b\$|hash/i);
      const { admins } = AdminAccounts.parse(JSON.parse(text));
      expect(admins.find(({ id }) => id === viewer.admin.adminId)).toMatchObject({ role: "viewer", sessions: 1, disabledAt: null, lastLoginAt: null });
    });
  });

  describe("POST /api/admin/admins", () => {
    const add = (json: unknown, by = chief) => call(create, "/api/admin/admins", { json, headers: by.headers });

    test("adds one under a password that is shown once and lets them in", async () => {
      const email = `${newId()}@example.com`;
      const response = await add({ email: email.toUpperCase(), name: " Ana Roy ", role: "admin" });
      expect(response.status).toBe(201);
      expect(response.headers.get("cache-control")).toBe("no-store");
      const { admin, password: given } = AdminWithPassword.parse(await response.json());
      expect(admin).toMatchObject({ email, name: "Ana Roy", role: "admin", sessions: 0 });
      expect((await logIn(email, given)).status).toBe(200);
      const [audited] = await inspect("select actor_id, target, before, after from app.audit_log where action = 'admin.created' order by id desc limit 1");
      expect(audited).toEqual({ actor_id: chief.admin.adminId, target: email, before: null, after: { name: "Ana Roy", role: "admin" } });
      expect(JSON.stringify(await inspect("select before, after from app.audit_log"))).not.toContain(given);
    });

    test("refuses an e-mail that is one's already, however it is written", async () => {
      const problem = await problemOf(await add({ email: chief.admin.email.toUpperCase(), name: "Twice", role: "viewer" }));
      expect(problem).toMatchObject({ status: 409, code: "CONFLICT", errors: [{ path: "email" }] });
    });

    test.each([{}, { email: "x", name: "A", role: "admin" }, { email: "a@example.com", name: " ", role: "admin" }, { email: "a@example.com", name: "A", role: "root" }, { email: "a@example.com", name: "A", role: "admin", password: "mine" }])(
      "refuses %j", async (json) => expect((await add(json)).status).toBe(400));
  });

  describe("PATCH /api/admin/admins/{id}", () => {
    test("gives another role at once: the sessions begun in the old one end", async () => {
      const { admin, headers, bearer } = await createAdmin("admin");
      expect((await patch(admin.adminId, { role: "viewer" })).status).toBe(200);
      expect([await statusOf(headers), await statusOf(bearer)]).toEqual([403, 403]);
      expect(await lastAudit()).toEqual({ actor_id: chief.admin.adminId, action: "admin.changed", target: admin.email, before: { role: "admin" }, after: { role: "viewer" } });
    });

    test("closes the door at once, and opens it again", async () => {
      const { id, email } = await createAdminWithPassword("viewer", password);
      const headers = await headersOf((await logIn(email, password)).headers.get("set-cookie"));
      expect(await statusOf(headers)).toBe(200);
      expect((await patch(id, { disabled: true })).status).toBe(200);
      expect(await statusOf(headers)).toBe(403);
      expect((await logIn(email, password)).status).toBe(401);
      expect((await patch(id, { disabled: false })).status).toBe(200);
      expect(await statusOf(headers)).toBe(403);
      expect((await logIn(email, password)).status).toBe(200);
    });

    test("renames without ending sessions, and keeps no record of what stayed as it was", async () => {
      const { admin, headers } = await createAdmin("viewer");
      await patch(admin.adminId, { name: "Another name", role: "viewer" });
      expect(await statusOf(headers)).toBe(200);
      expect(await lastAudit()).toMatchObject({ before: { name: admin.name }, after: { name: "Another name" } });
      const [{ count }] = await inspect<{ count: number }>("select count(*) from app.audit_log") as [{ count: number }];
      await patch(admin.adminId, { name: "Another name" });
      expect(await inspect("select count(*) from app.audit_log")).toEqual([{ count }]);
    });

    test("leaves the last super administrator as they are, also when two requests come at once", async () => {
      const other = await createAdmin("super_admin");
      await inspect("update app.admin_users set disabled_at = now() where role = 'super_admin' and id not in ($1, $2)", [chief.admin.adminId, other.admin.adminId]);
      const answers = await Promise.all([patch(other.admin.adminId, { role: "viewer" }, chief), patch(chief.admin.adminId, { disabled: true }, other)]);
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses[0]).toBe(200);
      expect([403, 409]).toContain(statuses[1]);
      const left = await inspect<{ id: string }>("select id from app.admin_users where role = 'super_admin' and disabled_at is null");
      expect(left).toHaveLength(1);
      const last = left[0]?.id === chief.admin.adminId ? chief : other;
      for (const json of [{ role: "admin" }, { disabled: true }]) {
        expect(await problemOf(await patch(last.admin.adminId, json, last))).toMatchObject({ status: 409, code: "CONFLICT" });
      }
      chief = last;
    });

    test("answers 404 for nobody and 400 for nothing", async () => {
      expect((await patch(newId(), { name: "A" })).status).toBe(404);
      for (const json of [{}, { id: newId() }, { role: null }, { disabled: "yes" }]) expect((await patch(chief.admin.adminId, json)).status).toBe(400);
    });
  });

  describe("POST /api/admin/admins/{id}/password", () => {
    test("gives a new password and ends the sessions of the old one", async () => {
      const { id, email } = await createAdminWithPassword("viewer", password);
      const headers = await headersOf((await logIn(email, password)).headers.get("set-cookie"));
      const response = await call(reset, `/api/admin/admins/${id}/password`, { method: "POST", params: { id }, headers: chief.headers });
      const { password: given } = AdminWithPassword.parse(await response.json());
      expect(await statusOf(headers)).toBe(403);
      expect((await logIn(email, password)).status).toBe(401);
      expect((await logIn(email, given)).status).toBe(200);
    });

    test("answers 404 for nobody", async () => {
      const id = newId();
      expect((await call(reset, `/api/admin/admins/${id}/password`, { method: "POST", params: { id }, headers: chief.headers })).status).toBe(404);
    });
  });

  describe("POST /api/admin/password", () => {
    const next = "another four unrelated words";
    const send = (json: unknown, headers: Record<string, string>) => call(changePassword, "/api/admin/password", { json, headers });

    test("changes it, ends the other sessions, and goes on under a new id", async () => {
      const { email } = await createAdminWithPassword("viewer", password);
      const here = await headersOf((await logIn(email, password)).headers.get("set-cookie"));
      const there = await headersOf((await logIn(email, password)).headers.get("set-cookie"));
      const response = await send({ current: password, next }, here);
      expect(response.status).toBe(200);
      expect([await statusOf(here), await statusOf(there)]).toEqual([403, 403]);
      expect(await statusOf(await headersOf(response.headers.get("set-cookie")))).toBe(200);
      expect([(await logIn(email, password)).status, (await logIn(email, next)).status]).toEqual([401, 200]);
    });

    test("loses to a reset that came in between: whoever knew the old password is out", async () => {
      const { id, email } = await createAdminWithPassword("admin", password);
      const headers = await headersOf((await logIn(email, password)).headers.get("set-cookie"));
      const [own, reset_] = await Promise.all([
        send({ current: password, next }, headers),
        call(reset, `/api/admin/admins/${id}/password`, { method: "POST", params: { id }, headers: chief.headers }),
      ]);
      const { password: given } = AdminWithPassword.parse(await reset_.json());
      expect([own.status, own.headers.get("set-cookie")?.includes("Max-Age=0") ?? true]).toEqual([403, true]);
      expect([(await logIn(email, next)).status, (await logIn(email, given)).status]).toEqual([401, 200]);
    });

    test("wants the current one, and a next one that isn't easy", async () => {
      const { email } = await createAdminWithPassword("viewer", password);
      const headers = await headersOf((await logIn(email, password)).headers.get("set-cookie"));
      expect(await problemOf(await send({ current: "not this one", next }, headers))).toMatchObject({ status: 400, errors: [{ path: "current" }] });
      for (const weak of ["short", "passwordpassword", email, "aaaaaaaaaaaaaaaa", "Password1234!"]) {
        expect(await problemOf(await send({ current: password, next: weak }, headers))).toMatchObject({ status: 400, errors: [{ path: "next" }] });
      }
      expect((await logIn(email, password)).status).toBe(200);
    });
  });

  describe("GET /api/admin/sessions", () => {
    test("lists one's own, and which one this is", async () => {
      const { email } = await createAdminWithPassword("viewer", password);
      const first = await headersOf((await logIn(email, password)).headers.get("set-cookie"));
      await logIn(email, password);
      const { sessions: own } = AdminSessions.parse(await (await call(sessions, "/api/admin/sessions", { headers: first })).json());
      expect(own.map(({ current }) => current)).toEqual([false, true]);
    });
  });

  describe("DELETE /api/admin/sessions/{id}", () => {
    const end = (id: string, headers: Record<string, string>) => call(endSession, `/api/admin/sessions/${id}`, { method: "DELETE", params: { id }, headers });

    test("ends one of one's own, another's not", async () => {
      const [mine, theirs] = [await createAdmin("viewer"), await createAdmin("viewer")];
      const idOf = async (headers: Record<string, string>) =>
        AdminSessions.parse(await (await call(sessions, "/api/admin/sessions", { headers })).json()).sessions[0]?.id ?? "";
      expect((await end(await idOf(theirs.headers), mine.headers)).status).toBe(404);
      expect(await statusOf(theirs.headers)).toBe(200);
      const response = await end(await idOf(mine.headers), mine.headers);
      expect([response.status, response.headers.get("set-cookie")]).toEqual([204, expect.stringMatching(/Max-Age=0/)]);
      expect(await statusOf(mine.headers)).toBe(403);
      expect((await end("../../x", theirs.headers)).status).toBe(400);
    });
  });

  test("another pepper fits no password, and the command's reset lets its owner in, as SECURITY.md says", async () => {
    const { email } = await createAdminWithPassword("super_admin", password);
    try {
      useEnvironment({ PASSWORD_PEPPER: "another pepper of more than thirty-two characters" });
      expect((await logIn(email, password)).status).toBe(401);
      await resetAdminByCommand({ email }, "three further words, a comma");
      expect((await logIn(email, "three further words, a comma")).status).toBe(200);
    } finally {
      resetEnvironment();
    }
  });

  describe("the command", () => {
    test("adds one who can log in, refuses an easy password, and resets", async () => {
      const email = `${newId()}@example.com`;
      await expect(createAdminByCommand({ email, name: "By hand", role: "admin" }, "administrator")).rejects.toMatchObject({ code: "INVALID_REQUEST" });
      await createAdminByCommand({ email, name: "By hand", role: "admin" }, password);
      await expect(createAdminByCommand({ email, name: "By hand", role: "admin" }, password)).rejects.toMatchObject({ code: "CONFLICT" });
      const headers = await headersOf((await logIn(email, password)).headers.get("set-cookie"));
      await inspect("update app.admin_users set disabled_at = now() where email = $1", [email]);
      expect(await resetAdminByCommand({ email, role: "viewer" }, "yet another few words")).toMatchObject({ role: "viewer", disabledAt: null });
      expect(await statusOf(headers)).toBe(403);
      expect((await logIn(email, "yet another few words")).status).toBe(200);
      await expect(resetAdminByCommand({ email: "nobody@example.com" }, password)).rejects.toMatchObject({ code: "NOT_FOUND" });
    });
  });
});

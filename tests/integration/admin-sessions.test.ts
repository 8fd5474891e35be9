import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST as login } from "#app/api/admin/login/route.ts";
import { POST as logout } from "#app/api/admin/logout/route.ts";
import { GET as session } from "#app/api/admin/session/route.ts";
import { AdminSession } from "#domains/accounts/index.ts";
import { passwordTurns } from "#platform/auth/passwords.ts";
import { createAdmin, createAdminWithPassword, headersOf } from "../support/admins.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { call, captureLog, freshAddress, type CallOptions } from "../support/http.ts";

const password = "three unrelated words, a comma";
const logIn = (email: string, given = password, options: CallOptions = {}) => call(login, "/api/admin/login", { json: { email, password: given }, ...options });
const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];
const see = (headers: Record<string, string>) => call(session, "/api/admin/session", { headers });

describe.each(engines)("administrators' sessions on the %s engine", (engine) => {
  let opened: TestDatabase;
  let known: { id: string; email: string };
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    known = await createAdminWithPassword("viewer", password);
  });
  afterAll(() => opened.close());

  describe("POST /api/admin/login", () => {
    test("begins a session in an HttpOnly cookie, and says who it is without a token", async () => {
      const response = await logIn(` ${known.email.toUpperCase()} `);
      expect(response.status).toBe(200);
      const cookie = response.headers.get("set-cookie") ?? "";
      expect(cookie).toMatch(/^tieline_admin=[\w.-]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
      const text = await response.text();
      expect(AdminSession.parse(JSON.parse(text))).toMatchObject({ admin: { id: known.id, role: "viewer" }, idleMinutes: 30 });
      expect(text).not.toContain(cookie.split(/[=;]/)[1]);
      expect(text).not.toMatch(/eyJ/);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect((await see(await headersOf(cookie))).status).toBe(200);
    });

    test("answers an unknown e-mail, a wrong password and somebody disabled in the same words", async () => {
      const disabled = await createAdminWithPassword("viewer", password);
      await inspect("update app.admin_users set disabled_at = now() where id = $1", [disabled.id]);
      const answers = await Promise.all([logIn("nobody@example.com"), logIn(known.email, `${password}.`), logIn(disabled.email)]);
      const bodies = await Promise.all(answers.map(async (answer) => {
        const { requestId: _requestId, ...rest } = (await answer.json()) as Record<string, unknown>;
        return { ...rest, headers: [...answer.headers.keys()].sort() };
      }));
      expect(bodies[0]).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
      expect([bodies[1], bodies[2]]).toEqual([bodies[0], bodies[0]]);
    });

    test("keeps in the audit who came in, and of failures neither the password nor what names nobody", async () => {
      const { email } = await createAdminWithPassword("viewer", password);
      await logIn(email, "a wrong one", { address: "203.0.113.77" });
      await logIn("secret-typed-as-email", "a wrong one", { address: "203.0.113.77" });
      await logIn(email, password, { address: "203.0.113.77" });
      const rows = await inspect("select actor_role, action, target, before, after, request_id is not null as traced from app.audit_log order by id desc limit 3");
      const after = { network: "203.0.113.0/24" };
      expect(rows).toEqual([
        { actor_role: "admin", action: "admin.logged_in", target: email, before: null, after, traced: true },
        { actor_role: "service_role", action: "admin.login_failed", target: "unknown", before: null, after, traced: true },
        { actor_role: "service_role", action: "admin.login_failed", target: email, before: null, after, traced: true },
      ]);
    });

    test("gives a new session whatever the browser brought, and ends the one it had", async () => {
      const { email } = await createAdminWithPassword("viewer", password);
      const first = (await logIn(email)).headers.get("set-cookie");
      const { cookie = "" } = await headersOf(first);
      const second = (await logIn(email, password, { headers: { cookie, "sec-fetch-site": "same-origin" } })).headers.get("set-cookie");
      expect((await headersOf(second)).cookie).not.toBe(cookie);
      expect((await see({ cookie })).status).toBe(403);
      expect((await see(await headersOf(second))).status).toBe(200);
      const planted = (await logIn(email, password, { headers: { cookie: "tieline_admin=planted", "sec-fetch-site": "same-origin" } })).headers.get("set-cookie");
      expect(planted).not.toContain("planted");
    });

    test("limits attempts at one account before a password is hashed, and lets others through", async () => {
      const { email } = await createAdminWithPassword("viewer", password);
      const address = freshAddress();
      const statuses = [];
      for (let attempt = 0; attempt < 6; attempt += 1) statuses.push((await logIn(email, "wrong wrong wrong", { address })).status);
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
      const startedAt = performance.now();
      const refused = await logIn(email, password, { address });
      expect(performance.now() - startedAt).toBeLessThan(100);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await logIn(known.email, password, { address })).status).toBe(200);
    });

    test("limits attempts from one address, and at one account from many", async () => {
      const address = freshAddress();
      const statuses = await Promise.all(Array.from({ length: 30 }, (_, n) => logIn(`n${n}@example.com`, "x", { address }).then(({ status }) => status)));
      expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(10);
      let answered = 0;
      while (answered < 20 && (await logIn(`target-${engine}@example.com`, "x")).status === 401) answered += 1;
      // Ten a minute; where one minute ends and the next begins, the window that slides may let one or two more through.
      expect(answered).toBeGreaterThanOrEqual(10);
      expect(answered).toBeLessThanOrEqual(12);
    });

    test.each([{}, { email: "a@example.com" }, { email: "", password: "x" }, { email: "a@example.com", password: "" }, { email: ["a"], password: "x" }, { email: "a@example.com", password: "x", role: "super_admin" }, { email: "a@example.com", password: "x".repeat(300) }])(
      "refuses %j", async (json) => expect((await call(login, "/api/admin/login", { json })).status).toBe(400));

    test("of a burst, who has to come again costs the database nothing", async () => {
      const lines = captureLog();
      const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => logIn(`burst-${n}@example.com`, "x")));
      const refused = lines.filter(({ status }) => status === 429);
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(passwordTurns.atOnce + passwordTurns.waiting);
      expect(refused).toHaveLength(30 - passwordTurns.atOnce - passwordTurns.waiting);
      for (const line of refused) expect(line).toMatchObject({ statements: 0, unitsOfWork: 0 });
    });

    test("is closed to other sites", async () => {
      const foreign: Record<string, string>[] = [{ "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }, { origin: "https://evil.example" }, { origin: "null" }];
      for (const headers of foreign) {
        expect(await codeOf(await logIn(known.email, password, { headers }))).toEqual([403, "CSRF_FAILED"]);
      }
    });
  });

  describe("GET /api/admin/session", () => {
    test("says who is logged in and until when", async () => {
      const { admin, headers } = await createAdmin("admin");
      const lines = captureLog();
      const answer = AdminSession.parse(await (await see(headers)).json());
      expect(answer.admin).toEqual({ id: admin.adminId, email: admin.email, name: admin.name, role: "admin" });
      expect(Date.parse(answer.expiresAt) - Date.now()).toBeGreaterThan(7.9 * 3_600_000);
      expect(lines.at(-1)).toMatchObject({ unitsOfWork: 1 });
    });
  });

  describe("POST /api/admin/logout", () => {
    test("ends the session for good: its cookie is taken away, and dead when replayed", async () => {
      const { headers, bearer, admin } = await createAdmin("viewer");
      const other = await createAdmin("viewer");
      const response = await call(logout, "/api/admin/logout", { method: "POST", headers });
      expect([response.status, await response.text()]).toEqual([204, ""]);
      expect(response.headers.get("set-cookie")).toMatch(/^tieline_admin=; Path=\/; Max-Age=0/);
      expect((await see(headers)).status).toBe(403);
      expect((await see(bearer)).status).toBe(403);
      expect((await see(other.headers)).status).toBe(200);
      expect(await inspect("select action, target, actor_id from app.audit_log order by id desc limit 1")).toEqual([
        { action: "admin.logged_out", target: admin.email, actor_id: admin.adminId },
      ]);
    });

    test("a second time changes nothing more, and still takes the cookie away", async () => {
      const { headers } = await createAdmin("viewer");
      await call(logout, "/api/admin/logout", { method: "POST", headers });
      const again = await call(logout, "/api/admin/logout", { method: "POST", headers });
      expect(await codeOf(again)).toEqual([403, "ADMIN_FORBIDDEN"]);
      expect(again.headers.get("set-cookie")).toMatch(/Max-Age=0/);
    });
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { adminCookie, adminCookieName, adminOf, clearedAdminCookie, makeSessionId } from "#platform/auth/admin-session.ts";
import { newId } from "#lib/ids.ts";
import { createAdmin } from "../support/admins.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { resetEnvironment, testOrigin, useEnvironment } from "../support/http.ts";

describe.each(engines)("an administrator's cookie on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
  });
  afterAll(() => opened.close());
  afterEach(resetEnvironment);

  const use = async (headers: Record<string, string>) => {
    const cookies: string[] = [];
    const caller = await adminOf({ request: new Request(testOrigin, { headers }), setCookie: (cookie) => void cookies.push(cookie) }, "viewer");
    return { caller, cookies };
  };
  const age = (adminId: string, seconds: number) => inspect("update app.admin_sessions set last_seen_at = now() - $2 * interval '1 second' where admin_id = $1", [adminId, seconds]);

  test("is made anew as it is used, once a minute at most; a Bearer isn't", async () => {
    const { admin, headers, bearer } = await createAdmin("viewer");
    expect((await use(headers)).cookies).toEqual([]);
    await age(admin.adminId, 61);
    const renewed = (await use(headers)).cookies;
    expect(renewed).toEqual([expect.stringMatching(/^tieline_admin=[\w.-]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/)]);
    expect((await use(headers)).cookies).toEqual([]);
    const [cookie = ""] = renewed[0]?.split(";") ?? [];
    expect((await use({ cookie })).caller.principal).toEqual({ ...admin, expiresAt: expect.any(Date) as Date });
    await age(admin.adminId, 61);
    expect(await use(bearer)).toMatchObject({ cookies: [], caller: { session: null } });
  });

  test("stays good while it is used, and ends after half an hour without", async () => {
    const { admin, headers } = await createAdmin("viewer");
    await age(admin.adminId, 29 * 60);
    await use(headers);
    await age(admin.adminId, 30 * 60 + 1);
    await expect(use(headers)).rejects.toMatchObject({ code: "ADMIN_FORBIDDEN" });
  });

  test("never outlasts its session", async () => {
    const { sessionId } = makeSessionId();
    const maxAge = /Max-Age=(\d+)/.exec(await adminCookie(newId(), sessionId, new Date(Date.now() + 90_000)))?.[1];
    expect(Number(maxAge)).toBeGreaterThan(80);
    expect(Number(maxAge)).toBeLessThanOrEqual(90);
  });

  test("a role that was changed counts from the next request on", async () => {
    const { admin, headers } = await createAdmin("viewer");
    await inspect("update app.admin_users set role = 'super_admin' where id = $1", [admin.adminId]);
    expect((await use(headers)).caller.principal.role).toBe("super_admin");
  });

  test("one that doesn't hold is taken from the browser", async () => {
    const cookies: string[] = [];
    const request = new Request(testOrigin, { headers: { cookie: "tieline_admin=x" } });
    await expect(adminOf({ request, setCookie: (cookie) => void cookies.push(cookie) }, "viewer")).rejects.toMatchObject({ code: "ADMIN_FORBIDDEN" });
    expect(cookies).toEqual([clearedAdminCookie()]);
  });

  test("under https is Secure and tied to the host, and small enough for every browser", async () => {
    useEnvironment({ APP_URL: "https://tieline.example" });
    const { headers } = await createAdmin("super_admin");
    expect(adminCookieName()).toBe("__Host-tieline_admin");
    const { sessionId } = makeSessionId();
    const cookie = await adminCookie(newId(), sessionId, new Date(Date.now() + 8 * 3_600_000));
    expect(cookie).toMatch(/^__Host-tieline_admin=[\w.-]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict; Secure$/);
    expect(cookie).not.toMatch(/Domain/i);
    expect(Buffer.byteLength(cookie)).toBeLessThan(4_096);
    expect((await use(headers)).caller.principal.role).toBe("super_admin");
    await expect(use({ cookie: (headers["cookie"] ?? "").replace("__Host-", "") })).rejects.toMatchObject({ code: "ADMIN_FORBIDDEN" });
  });
});

/** Every operation under /api/admin, found by its file, tried with every credential that must not open it. */
import { globSync } from "node:fs";
import { createHash } from "node:crypto";
import jwt from "jsonwebtoken";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { pathToFileURL } from "node:url";
import { resolve, sep } from "node:path";
import type { RouteHandler } from "#platform/http/operation.ts";
import { makeApiKey } from "#platform/auth/api-key.ts";
import { adminCookieName } from "#platform/auth/admin-session.ts";
import { signAdminToken } from "#platform/auth/admin-token.ts";
import { appSecrets } from "#platform/auth/app-secrets.ts";
import { csrfToken } from "#platform/auth/csrf-token.ts";
import { adminRoles, hasAdminRole, type AdminRole } from "#platform/auth/principal.ts";
import { newId } from "#lib/ids.ts";
import { createAdmin, type SignedInAdmin } from "../support/admins.ts";
import { inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { withEnvironment } from "../support/environment.ts";
import { createMember } from "../support/factories.ts";
import { call } from "../support/http.ts";
import { signUp } from "../support/sessions.ts";
import { pathOf } from "../../scripts/operations.ts";

interface AdminOperation {
  name: string;
  method: string;
  path: string;
  handler: RouteHandler;
}

const needed: Record<string, AdminRole> = { adminViewer: "viewer", adminEditor: "admin", superAdmin: "super_admin" };
const tables = ["admin_users", "admin_sessions", "feature_flags", "mail", "help_entries", "help_revisions", "help_feedback", "users", "organisations", "memberships", "api_keys"];

const files = globSync("src/app/api/admin/**/route.ts").map((file) => file.split(sep).join("/")).sort();
const operations: AdminOperation[] = (
  await Promise.all(
    files.map(async (file) => {
      const module = (await import(pathToFileURL(resolve(file)).href)) as Record<string, RouteHandler>;
      return Object.entries(module).map(([method, handler]) => ({ name: `${method} ${pathOf(file)}`, method, path: pathOf(file), handler }));
    }),
  )
).flat();
const isLogin = ({ name }: AdminOperation) => name === "POST /api/admin/login";
const guarded = operations.filter((operation) => !isLogin(operation));

/** A request that would be well-formed as far as one can tell without knowing the operation. */
function send({ method, path, handler }: AdminOperation, headers: Record<string, string>): Promise<Response> {
  const params: Record<string, string> = Object.fromEntries([...path.matchAll(/\[(\w+)\]/g)].map(([, name = ""]) => [name, newId()]));
  const url = path.replaceAll(/\[(\w+)\]/g, (_, name: string) => params[name] ?? "");
  return call(handler, url, { method, params, headers, ...(handler.operation.body ? { json: {} } : {}) });
}

describe("every operation under /api/admin", () => {
  let opened: TestDatabase;
  let live: SignedInAdmin;
  let secret: string;
  let fine: Record<string, unknown>;

  let restore = () => undefined as void;
  beforeAll(async () => {
    // All operations are asked several times by one administrator: the limit by principal is another test's.
    restore = withEnvironment({ RATE_LIMIT_PER_MINUTE: "100000" });
    opened = await openTestDatabase("embedded");
    [secret] = (await appSecrets()).session;
  });
  afterAll(async () => {
    restore();
    await opened.close();
  });
  beforeEach(async () => {
    live = await createAdmin("super_admin");
    const now = Math.floor(Date.now() / 1_000);
    fine = { sub: live.admin.adminId, jti: live.sessionId, iss: "tieline", aud: "tieline-admin", iat: now, exp: now + 600 };
  });

  const keyId = (of: string) => createHash("sha256").update(`kid\n${of}`).digest("hex").slice(0, 16);
  const sign = (payload: Record<string, unknown>, { key = secret, algorithm = "HS256", kid = keyId(secret), noTimestamp = false }: { key?: string; algorithm?: "HS256" | "HS512" | "none"; kid?: string; noTimestamp?: boolean } = {}) =>
    jwt.sign(payload, algorithm === "none" ? "" : key, { algorithm, noTimestamp, ...(kid === "" ? {} : { keyid: kid }) });
  const without = (name: string) => Object.fromEntries(Object.entries(fine).filter(([key]) => key !== name));
  const asCookie = async (token: string) => ({ cookie: `${adminCookieName()}=${token}`, "sec-fetch-site": "same-origin", "x-csrf-token": await csrfToken(live.sessionId) });
  const state = () => inspect(tables.map((table) => `select '${table}' as name, md5(coalesce(string_agg(t::text, ' ' order by t::text), '')) as hash from app.${table} t`).join(" union all "));

  const forged: Record<string, () => string> = {
    "signed by nobody (alg none)": () => sign(fine, { algorithm: "none" }),
    "signed with HS512": () => sign(fine, { algorithm: "HS512" }),
    "of an unknown kid": () => sign(fine, { kid: "0000000000000000" }),
    "of no kid": () => sign(fine, { kid: "" }),
    "signed with another secret under our kid": () => sign(fine, { key: "x".repeat(64) }),
    "for another audience": () => sign({ ...fine, aud: "tieline" }),
    "of another issuer": () => sign({ ...fine, iss: "evil" }),
    "of no issuer": () => sign(without("iss")),
    "of no audience": () => sign(without("aud")),
    "without an end": () => sign(without("exp")),
    "without a beginning": () => sign(without("iat"), { noTimestamp: true }),
    "without a session": () => sign(without("jti")),
    "without a subject": () => sign(without("sub")),
    "of another subject": () => sign({ ...fine, sub: newId() }),
    "of a session that isn't there": () => sign({ ...fine, jti: "A".repeat(43) }),
    expired: () => sign({ ...fine, iat: 1_700_000_000, exp: 1_700_000_600 }),
    "issued long ago with a far end": () => sign({ ...fine, iat: 1_700_000_000, exp: 4_000_000_000 }),
    "with its payload changed": () => {
      const [head = "", , signature = ""] = sign(fine).split(".");
      return [head, Buffer.from(JSON.stringify({ ...fine, role: "super_admin", sub: newId() })).toString("base64url"), signature].join(".");
    },
    garbage: () => "not.a.token",
  };

  /** Tokens whose session or administrator no longer holds. */
  const ended: Record<string, () => Promise<unknown>> = {
    "idle for 31 minutes": () => inspect("update app.admin_sessions set last_seen_at = now() - interval '31 minutes' where admin_id = $1", [live.admin.adminId]),
    "eight hours old": () => inspect("update app.admin_sessions set expires_at = now() - interval '1 second' where admin_id = $1", [live.admin.adminId]),
    revoked: () => inspect("update app.admin_sessions set revoked_at = now() where admin_id = $1", [live.admin.adminId]),
    "of a disabled administrator": () => inspect("update app.admin_users set disabled_at = now() where id = $1", [live.admin.adminId]),
    "of a deleted administrator": () => inspect("delete from app.admin_users where id = $1", [live.admin.adminId]),
  };

  async function expectRefused(headers: Record<string, string>, among = guarded): Promise<void> {
    const before = await state();
    const answers: [string, number, unknown][] = [];
    for (const operation of among) {
      const response = await send(operation, headers);
      answers.push([operation.name, response.status, ((await response.json()) as { code: unknown }).code]);
    }
    expect(answers).toEqual(among.map(({ name }) => [name, 403, "ADMIN_FORBIDDEN"]));
    expect(await state()).toEqual(before);
  }

  test("is there, and declares an administrator's role; only logging in doesn't", () => {
    expect(files.length).toBeGreaterThan(10);
    expect(operations.filter(({ handler }) => needed[handler.operation.auth] === undefined).map(({ name }) => name)).toEqual(["POST /api/admin/login"]);
  });

  test("is closed to whoever shows nothing", () => expectRefused({}));

  describe.each(Object.keys(forged))("is closed to a token %s", (kind) => {
    test("as Bearer and as cookie", async () => {
      const token = forged[kind]?.() ?? "";
      await expectRefused({ authorization: `Bearer ${token}` });
      await expectRefused(await asCookie(token));
    });
  });

  describe.each(Object.keys(ended))("is closed to a session %s", (kind) => {
    test("as Bearer and as cookie", async () => {
      await ended[kind]?.();
      await expectRefused(live.bearer);
      await expectRefused(live.headers);
    });
  });

  test("is closed to a token that was signed by the secret before the previous one", async () => {
    const token = signAdminToken({ adminId: live.admin.adminId, sessionId: live.sessionId }, "an earlier secret that was rotated out long ago", new Date(Date.now() + 60_000));
    await expectRefused({ authorization: `Bearer ${token}` });
  });

  test("is closed to members and to API keys", async () => {
    const { jar } = await signUp(`${newId()}@example.com`);
    await expectRefused(jar.headers);
    const { tenantId, userId } = await createMember("Keys");
    const { key, prefix, hash } = makeApiKey();
    await inspect("insert into app.api_keys (tenant_id, name, prefix, key_hash, scopes, created_by) values ($1, 'k', $2, $3, '{ask}', $4)", [tenantId, prefix, hash, userId]);
    await expectRefused({ authorization: `Bearer ${key}` });
  });

  test.each(adminRoles.slice(0, -1))("is closed to a %s where it takes more", async (role) => {
    const below = await createAdmin(role);
    const above = guarded.filter(({ handler }) => !hasAdminRole(role, needed[handler.operation.auth] ?? "super_admin"));
    expect(above.length).toBeGreaterThan(0);
    await expectRefused(below.bearer, above);
    await expectRefused(below.headers, above);
  });

  test("wants the page's token of a cookie, and none of a Bearer, where it changes something", async () => {
    const mutations = guarded.filter(({ method, path }) => method !== "GET" && path !== "/api/admin/logout");
    const { "x-csrf-token": _token, ...bare } = live.headers;
    const other = await createAdmin("super_admin");
    const before = await state();
    for (const headers of [bare, { ...bare, "x-csrf-token": "x" }, { ...bare, "x-csrf-token": other.headers["x-csrf-token"] ?? "" }, { ...live.headers, "sec-fetch-site": "cross-site" }, { ...live.headers, "sec-fetch-site": "same-site" }]) {
      for (const operation of mutations) {
        const response = await send(operation, headers);
        expect([operation.name, response.status, ((await response.json()) as { code: unknown }).code]).toEqual([operation.name, 403, "CSRF_FAILED"]);
      }
    }
    expect(await state()).toEqual(before);
    for (const operation of mutations) {
      const response = await send(operation, live.bearer);
      const code = response.status >= 400 ? ((await response.json()) as { code: unknown }).code : null;
      expect([operation.name, code]).not.toEqual([operation.name, "CSRF_FAILED"]);
      expect([operation.name, response.status]).not.toEqual([operation.name, 403]);
    }
  });

  test("logging in answers 401 to whoever isn't an administrator, whatever they show besides", async () => {
    const [login] = operations.filter(isLogin);
    if (!login) throw new Error("No login");
    const json = { email: live.admin.email, password: "not the password" };
    for (const headers of [{}, live.headers, await asCookie(forged["garbage"]?.() ?? "")]) {
      const response = await call(login.handler, login.path, { json, headers });
      expect([response.status, response.headers.get("set-cookie")]).toEqual([401, null]);
    }
  });
});

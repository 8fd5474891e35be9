import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { system } from "#platform/auth/principal.ts";
import { redactLine } from "#platform/observability/log-redaction.ts";
import { newId } from "#lib/ids.ts";
import { inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { startApp, type AppServer } from "../support/app-server.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { callableOperations, pagePaths } from "../support/operations.ts";

/** What an error may hold by accident, whole in its text. */
const secrets = {
  connection: "hunter2-of-the-database",
  bearer: "Zm9vYmFyYmF6cXV4cXV1eA",
  key: `tl_${"k".repeat(40)}`,
  password: "hunter3-typed-by-somebody",
};
const spilled = `connecting to postgres://admin:${secrets.connection}@db.internal/x failed, Authorization: Bearer ${secrets.bearer}, key ${secrets.key}, password: '${secrets.password}'`;

let opened: TestDatabase;
let app: AppServer;
beforeAll(async () => {
  opened = await openTestDatabase("server");
  app = await startApp({ DATABASE_URL: opened.url ?? "", RATE_LIMIT_PER_MINUTE: "100000", METRICS_TOKEN: "a-token-for-the-metrics" });
  await vi.waitFor(() => expect(app.output()).toContain("help seeded"), { timeout: 20_000 });
  // From here on every read of an entry fails as no one has foreseen.
  const client = new pg.Client({ connectionString: opened.url });
  await client.connect();
  await client.query(`
    alter table app.help_entries rename to help_entries_as_they_are;
    create function app.spill() returns boolean language plpgsql as $$ begin raise exception '${spilled.replaceAll("'", "''")}'; end $$;
    create view app.help_entries as select * from app.help_entries_as_they_are where app.spill();
    grant select on app.help_entries to anon, authenticated, service_role;
    grant execute on function app.spill() to anon, authenticated, service_role;`);
  await client.end();
}, 90_000);
afterAll(async () => {
  await app.end("SIGKILL");
  await opened.close();
});

const inside = /help_entries|spill|select |node_modules|\.next|\.ts:\d|\bat [\w.]+ \(|postgres|kysely|PL\/pgSQL|stack/i;

describe("30 an error that nobody has foreseen says its request's id, and nothing else", () => {
  test("of a handler", async () => {
    const response = await fetch(`${app.url}/api/help/hour-ending`);
    const text = await response.text();
    expect([response.status, Object.keys(JSON.parse(text) as object).sort()]).toEqual([500, ["code", "detail", "requestId", "status", "title", "type"]]);
    expect(JSON.parse(text)).toMatchObject({ code: "INTERNAL", requestId: response.headers.get("x-request-id") });
    for (const secret of Object.values(secrets)) expect(text).not.toContain(secret);
    expect(text).not.toMatch(inside);
  });

  test("of a page, its data and its prefetch", async () => {
    for (const headers of [{}, { rsc: "1" }, { rsc: "1", "next-router-prefetch": "1" }] as Record<string, string>[]) {
      const response = await fetch(`${app.url}/help/hour-ending?_rsc=1`, { headers });
      const text = (await response.text()).replaceAll(/\/_next\/static\/[^"\\]+/g, "");
      expect(text.length).toBeGreaterThan(100);
      for (const secret of Object.values(secrets)) expect(text).not.toContain(secret);
      expect(text).not.toMatch(/help_entries|spill\(|node_modules|PL\/pgSQL|db\.internal/);
    }
  });

  test("the log tells all of it but the credentials", async () => {
    await vi.waitFor(() => expect(app.output()).toContain("connecting to postgres"));
    await vi.waitFor(() => expect(app.output()).toMatch(/"errorCode":"INTERNAL"/));
    const output = app.output();
    for (const [name, secret] of Object.entries(secrets)) expect([name, output.includes(secret)]).toEqual([name, false]);
  });

  test("bad input of every kind is told apart from it", async () => {
    for (const [path, init] of [
      ["/api/help/%00", {}], ["/api/help/search?q=%00", {}], ["/help/%00", {}], ["/help?q=%ED%A0%80", {}], ["/api/help/search?q=" + "x".repeat(5_000), {}],
      ["/api/ask", { method: "POST", body: "{", headers: { "content-type": "application/json" } }],
      ["/api/ask", { method: "POST", body: '{"question":"\\ud800"}', headers: { "content-type": "application/json" } }],
      ["/api/ask", { method: "POST", body: "[".repeat(100_000), headers: { "content-type": "application/json" } }],
      ["/api/ask", { method: "POST", body: '{"__proto__":{"question":"x"},"constructor":1}', headers: { "content-type": "application/json" } }],
    ] as [string, RequestInit][]) {
      const response = await fetch(app.url + path, init);
      if (path.startsWith("/api/help/") && response.status === 500) continue;
      expect([path.slice(0, 40), response.status < 500 || path.startsWith("/help")]).toEqual([path.slice(0, 40), true]);
      expect(await response.text()).not.toMatch(/node_modules|PL\/pgSQL|\.ts:\d/);
    }
  });
});

describe("30 the log holds no credentials", () => {
  const line = (fields: object) => redactLine(JSON.stringify(fields));
  test.each([
    ["a cookie", { headers: { cookie: "tieline_session=base64-verysecret" } }, "verysecret"],
    ["cookies that are set", { "set-cookie": ["tieline_admin=verysecret; Path=/", "b=verysecret"] }, "verysecret"],
    ["an authorization", { Authorization: "Bearer verysecretverysecret" }, "verysecret"],
    ["a password", { body: { password: "verysecret" } }, "verysecret"],
    ["a new password", { newPassword: "verysecret", currentPassword: "verysecret" }, "verysecret"],
    ["a password in a sentence", { msg: "failed with password: 'verysecret'" }, "verysecret"],
    ["an environment", { msg: "SESSION_SECRET=verysecret PASSWORD_PEPPER=verysecret" }, "verysecret"],
    ["a link with a token", { url: "/confirm#type=recovery&token_hash=verysecret" }, "verysecret"],
    ["a JWT", { err: `bad eyJhbGciOiJIUzI1NiJ9.${"a".repeat(40)}.verysecret` }, "verysecret"],
    ["an API key", { msg: `tl_${"verysecret".repeat(4)}` }, "verysecret"],
    ["a connection", { msg: "postgres://user:verysecret@host/db" }, "verysecret"],
    ["a token against forged requests", { "x-csrf-token": "verysecret" }, "verysecret"],
    ["an invitation", { path: "/invite/verysecretverysecretverysecretverysecretabc", inviteToken: "verysecret" }, "inviteToken\":\"verysecret"],
  ])("%s", (_, fields, secret) => {
    const redacted = line(fields);
    expect(redacted).not.toContain(secret);
    expect(() => JSON.parse(redacted) as unknown).not.toThrow();
  });

  test("and keeps what is none", () => {
    const fields = { requestId: newId(), route: "/api/help/{id}", tokens: 12, msg: "the password was changed; SESSION_SECRET: is missing", secretary: "x", passwordless: true };
    expect(JSON.parse(line(fields))).toEqual(fields);
  });
});

describe("29 metrics and what health checks find are for those who operate it", () => {
  test.each(["", "Bearer ", "Bearer wrong", "Bearer a-token-for-the-metric", "Bearer a-token-for-the-metricss", "Basic a-token-for-the-metrics", "a-token-for-the-metrics"])("metrics with %j are refused", async (authorization) => {
    const response = await fetch(`${app.url}/api/metrics`, { headers: authorization ? { authorization } : {} });
    expect([response.status, await response.text()]).toEqual([401, expect.not.stringContaining("http_request")]);
  });

  test("metrics aren't given for a token in the address", async () => {
    expect((await fetch(`${app.url}/api/metrics?token=a-token-for-the-metrics&access_token=a-token-for-the-metrics`)).status).toBe(401);
    expect((await fetch(`${app.url}/api/metrics`, { headers: { authorization: "Bearer a-token-for-the-metrics" } })).status).toBe(200);
  });

  test("metrics name no person and no address of one", async () => {
    await db.as(system("test"), (tx) => tx.selectFrom("app.users").select("id").execute());
    const text = await (await fetch(`${app.url}/api/metrics`, { headers: { authorization: "Bearer a-token-for-the-metrics" } })).text();
    expect(text).not.toMatch(/127\.0\.0|@|[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  test("health checks name no host, version of a server, path or statement", async () => {
    for (const path of ["/api/health", "/api/health/ready"]) {
      const text = await (await fetch(app.url + path)).text();
      expect(text).not.toMatch(/127\.0\.0\.1|localhost|postgres:|PostgreSQL \d|\/tmp|\/home|select |node_modules/i);
      expect(text).not.toContain(new URL(opened.url ?? "").pathname.slice(1));
    }
    const [{ n } = { n: 0 }] = await inspect<{ n: number }>("select count(*)::int as n from app.help_entries_as_they_are");
    expect(n).toBeGreaterThan(0);
  });
});

test("the application has the pages and operations that were tried", async () => {
  expect(pagePaths()).toContain("/help");
  expect((await callableOperations()).map(({ name }) => name)).toContain("GET /api/metrics");
});

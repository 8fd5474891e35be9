import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "#lib/ids.ts";
import { createAdmin } from "../support/admins.ts";
import { startApp, type AppServer } from "../support/app-server.ts";
import { inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { resetEnvironment, useEnvironment } from "../support/http.ts";
import { CookieJar, sessionOf, signUp, withSession } from "../support/sessions.ts";

let opened: TestDatabase;
let app: AppServer;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "tieline-pages-"));
  opened = await openTestDatabase("server");
  // The sign-ups of this file and the server keep their accounts in one place.
  useEnvironment({ DATA_DIR: dataDir });
  app = await startApp({ DATABASE_URL: opened.url ?? "", DATA_DIR: dataDir, RATE_LIMIT_PER_MINUTE: "100000" });
}, 90_000);
afterAll(async () => {
  await app.end("SIGKILL");
  resetEnvironment();
  await opened.close();
  await rm(dataDir, { recursive: true });
});

const past = () => ({ expires_at: Math.floor(Date.now() / 1_000) - 60 });
const visit = (jar: { headers: Record<string, string> }, path = "/status", headers: Record<string, string> = {}) =>
  fetch(app.url + path, { headers: { cookie: jar.headers["cookie"] ?? "", ...headers }, redirect: "manual" });
const tokenIn = (html: string) => /<meta name="csrf-token" content="([^"]+)"/.exec(html)?.[1];

describe("5 sessions of pages", () => {
  test("an access token that has run out is renewed before the page is made, which shows its reader signed in", async () => {
    const { jar } = await signUp(`${newId()}@example.com`);
    const stale = withSession(jar, past);
    const response = await visit(stale);
    const cookies = response.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    expect(response.headers.get("cache-control")).toContain("no-store");
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^tieline_session(\.\d)?=[^;]*; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/i);
      expect(cookie.length).toBeLessThan(4_096);
    }
    expect(tokenIn(await response.text())).toBe(jar.headers["x-csrf-token"]);
    cookies.forEach(stale.take);
    expect(sessionOf(stale).refresh_token).not.toBe(sessionOf(jar).refresh_token);
    const again = await visit(stale);
    expect([tokenIn(await again.text()), again.headers.getSetCookie()]).toEqual([jar.headers["x-csrf-token"], []]);
  });

  test("ten pages at once, all with the token that has run out, leave their reader signed in", async () => {
    const { jar } = await signUp(`${newId()}@example.com`);
    const stale = withSession(jar, past);
    const responses = await Promise.all(Array.from({ length: 10 }, () => visit(stale)));
    const html = await Promise.all(responses.map((response) => response.text()));
    expect(html.map(tokenIn)).toEqual(Array.from({ length: 10 }, () => jar.headers["x-csrf-token"]));
    // Whichever of the answers came last, its cookie holds, and goes on holding after the next renewal.
    for (const response of responses) {
      const browser = stale.with({});
      response.headers.getSetCookie().forEach(browser.take);
      const next = await visit(withSession(browser, past));
      expect(tokenIn(await next.text())).toBe(jar.headers["x-csrf-token"]);
    }
  });

  test("data of a page and prefetches renew a session as the page does, and say no-store with it", async () => {
    const { jar } = await signUp(`${newId()}@example.com`);
    for (const headers of [{ rsc: "1" }, { rsc: "1", "next-router-prefetch": "1", purpose: "prefetch" }, { "x-middleware-prefetch": "1" }] as Record<string, string>[]) {
      const response = await visit(withSession(jar, past), "/help?_rsc=1", headers);
      expect(response.headers.get("cache-control")).toContain("no-store");
      response.headers.getSetCookie().forEach(jar.take);
      await response.text();
    }
    expect(tokenIn(await (await visit(jar)).text())).toBe(jar.headers["x-csrf-token"]);
  });

  test("a session nobody has isn't believed, and costs a page nothing but itself", async () => {
    const { jar } = await signUp(`${newId()}@example.com`);
    const forged = [
      withSession(jar, () => ({ access_token: "a.b.c", refresh_token: "made-up", ...past() })),
      withSession(jar, (session) => ({ access_token: `${session.access_token}x` })),
      withSession(jar, ({ access_token }) => ({ access_token: `eyJhbGciOiJub25lIn0.${access_token.split(".")[1]}.` })),
      new CookieJar({ tieline_session: "base64-%%%" }),
      new CookieJar({ tieline_session: "[object Object]" }),
    ];
    for (const browser of forged) {
      const response = await visit(browser);
      expect([response.status, tokenIn(await response.text())]).toEqual([200, undefined]);
    }
  });

  test("a page of somebody signed in differs from a stranger's by no token but the one against forged requests", async () => {
    const { jar } = await signUp(`${newId()}@example.com`);
    const html = await (await visit(jar)).text();
    const { access_token, refresh_token } = sessionOf(jar);
    for (const secret of [access_token, refresh_token, jar.cookies.get("tieline_session") ?? "x"]) expect(html).not.toContain(secret);
    expect(html).not.toMatch(/eyJ[\w-]+\.eyJ[\w-]+\./);
  });

  test("an administrator's session is renewed by pages of the console, once a minute, and by no spelling of another page", async () => {
    const admin = await createAdmin("viewer");
    await inspect("update app.admin_sessions set last_seen_at = now() - interval '5 minutes' where admin_id = $1", [admin.admin.adminId]);
    expect((await visit(admin, "/help")).headers.getSetCookie()).toEqual([]);
    const renewed = await visit(admin, "/admin/login");
    expect(renewed.headers.getSetCookie()).toEqual([expect.stringMatching(/^tieline_admin=eyJ[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/)]);
    expect(renewed.headers.get("cache-control")).toContain("no-store");
    expect((await visit(admin, "/admin/login")).headers.getSetCookie()).toEqual([]);
  });
});

describe("5 cookies that no browser of ours would send", () => {
  const filler = (bytes: number) => "a".repeat(bytes);
  const cases: Record<string, string> = {
    "one of 14 kB": `tieline_session=${filler(14_000)}`,
    "two hundred": Array.from({ length: 200 }, (_, i) => `c${i}=v`).join("; "),
    "a hundred pieces of a session": Array.from({ length: 100 }, (_, i) => `tieline_session.${i}=${filler(100)}`).join("; "),
    "the same name often": Array.from({ length: 50 }, (_, i) => `tieline_session=base64-${i}`).join("; "),
    "broken escapes": "tieline_session=%E0%A4%A; theme=%zz; tieline_organisation=%",
    "names of prototypes": "__proto__=x; constructor=y; tieline_session.__proto__=z; toString=1",
    "control characters and quotes": 'tieline_session="base64-\\"; theme="dark\\u0000"; a=b;;;; ;=;',
    "an organisation that isn't one": "tieline_organisation=' or 1=1 --; tieline_session=base64-e30",
  };

  test.each(Object.entries(cases))("%s", async (_, cookie) => {
    for (const path of ["/help", "/api/help/manifest", "/admin/login"]) {
      const response = await fetch(app.url + path, { headers: { cookie } });
      expect([path, response.status]).toEqual([path, 200]);
      // A piece for a piece, and no more than a browser can have of ours.
      expect(response.headers.getSetCookie().length).toBeLessThanOrEqual(100);
      expect(response.headers.getSetCookie().join("")).not.toContain(filler(50));
    }
  });

  test("headers beyond 16 kB are refused before anything reads them", async () => {
    const response = await fetch(`${app.url}/help`, { headers: { cookie: `a=${filler(17_000)}` } });
    expect(response.status).toBe(431);
    expect((await fetch(`${app.url}/api/health`)).status).toBe(200);
  });

  test("of two sessions the first is taken, wherever cookies are read", async () => {
    const [one, two] = [await signUp(`${newId()}@example.com`), await signUp(`${newId()}@example.com`)];
    const cookie = `${one.jar.headers["cookie"]}; ${two.jar.headers["cookie"]}`;
    const html = await (await visit({ headers: { cookie } })).text();
    expect(tokenIn(html)).toBe(one.jar.headers["x-csrf-token"]);
  });
});

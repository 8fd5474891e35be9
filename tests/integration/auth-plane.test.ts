import { existsSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { POST } from "#app/api/ask/route.ts";
import { Answer } from "#domains/assistant/index.ts";
import { anonymous, system } from "#platform/auth/principal.ts";
import { authKysely } from "#platform/db/auth-kysely.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { authPlane } from "#platform/auth/auth-plane.ts";
import { call, captureLog, resetEnvironment, useEnvironment } from "../support/http.ts";
import { createDocument, createMember, joinOrganisation } from "../support/factories.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { authOf, CookieJar, password, sessionOf, signUp, withSession } from "../support/sessions.ts";

const question = { question: "What is the Quokka interconnector rated at?" };
const ask = (jar?: CookieJar, json: object = question) => call(POST, "/api/ask", { json, ...(jar ? { headers: jar.headers } : {}) });
const answerFor = async (jar?: CookieJar) => Answer.parse(await (await ask(jar)).json()).answer;
const setCookies = (response: Response) => response.headers.getSetCookie();
const cleared = ["tieline_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"];
const past = () => ({ expires_at: Math.floor(Date.now() / 1_000) - 60 });

/** Whom the request was answered for, by the log line it left. */
async function principalOf(jar: CookieJar): Promise<unknown> {
  const lines = captureLog();
  await ask(jar);
  return lines.at(-1)?.["principal"];
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tieline-auth-"));
  useEnvironment({ DATA_DIR: folder });
});
afterAll(async () => {
  resetEnvironment();
  await rm(folder, { recursive: true });
});
beforeEach(() => void captureLog());

describe("requests without a session", () => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase("embedded")));
  afterAll(() => opened.close());

  test.each([
    ["no cookie", undefined],
    ["other cookies", new CookieJar({ tieline_organisation: "x", tieline_sessions: "y", tieline_session_: "z" })],
    ["what can't be a session", new CookieJar({ tieline_session: "base64-e30" })],
  ])("with %s neither load the auth plane nor query", async (_, jar) => {
    const lines = captureLog();
    const response = await ask(jar, {});
    expect(response.status).toBe(400);
    expect(lines.at(-1)).toMatchObject({ principal: "anonymous", statements: 0 });
    expect(existsSync(join(folder, "auth-secrets.json"))).toBe(false);
  });
});

describe.each(engines)("sessions in the built-in auth plane, on the %s engine", (engine) => {
  let opened: TestDatabase;
  let alice: Awaited<ReturnType<typeof signUp>>;
  let bob: Awaited<ReturnType<typeof signUp>>;
  let tenants: { alice: string; bob: string };

  beforeAll(async () => {
    opened = await openTestDatabase(engine);
  });
  afterAll(() => opened.close());

  test("a member's question is answered from their organisation's document, nobody else's is", async () => {
    [alice, bob] = [await signUp("alice@example.com"), await signUp("bob@example.com")];
    tenants = { alice: (await createMember("Alice's")).tenantId, bob: (await createMember("Bob's")).tenantId };
    await joinOrganisation(tenants.alice, alice.userId);
    await joinOrganisation(tenants.bob, bob.userId);
    await createDocument("The Quokka interconnector is rated at 300 MW.", { tenantId: tenants.alice, title: "Quokka interconnector" });

    expect(await answerFor(alice.jar)).toContain("rated at 300 MW. [1]");
    expect(await answerFor(bob.jar)).not.toContain("300 MW");
    expect(await answerFor()).not.toContain("300 MW");
  });

  test("the organisation cookie chooses among one's own, and no other", async () => {
    expect(await answerFor(bob.jar.with({ tieline_organisation: tenants.alice }))).not.toContain("300 MW");
    expect(await answerFor(bob.jar.with({ tieline_organisation: "' or true --" }))).not.toContain("300 MW");
    const second = (await createMember("Alice's second")).tenantId;
    await joinOrganisation(second, alice.userId);
    expect(await answerFor(alice.jar)).toContain("300 MW");
    expect(await answerFor(alice.jar.with({ tieline_organisation: second }))).not.toContain("300 MW");
    expect(await answerFor(alice.jar.with({ tieline_organisation: tenants.bob }))).toContain("300 MW");
    const kept = await inspect("select distinct tenant_id from app.answers where tenant_id is not null order by 1");
    expect(kept).toEqual([tenants.alice, tenants.bob, second].sort().map((tenant_id) => ({ tenant_id })));
  });

  test("a user without an organisation is one, and stays signed in", async () => {
    const { jar } = await signUp("carol@example.com");
    expect(await principalOf(jar)).toBe("user");
    expect(setCookies(await ask(jar))).toEqual([]);
  });

  test.each([
    ["garbage", "garbage"],
    ["empty", ""],
    ["broken base64", "base64-%%%"],
    ["no JSON", `base64-${Buffer.from("{").toString("base64url")}`],
    ["JSON of another shape", `base64-${Buffer.from('{"access_token":7}').toString("base64url")}`],
    ["null", "null"],
    ["a NUL character", "%00"],
    ["half an escape", "%E0%A4%A"],
  ])("a session cookie that is %s is anonymous and goes away", async (_, value) => {
    const response = await ask(new CookieJar({ tieline_session: value }));
    expect(response.status).toBe(200);
    expect(setCookies(response)).toEqual(cleared);
  });

  test.each(["tieline_session.0", "tieline_session.1"])("a lone chunk %s goes away", async (name) => {
    expect(setCookies(await ask(new CookieJar({ [name]: "base64-x" })))).toEqual([cleared[0]?.replace("tieline_session", name)]);
  });

  test("a forged token is anonymous and goes away", async () => {
    const [header, , signature] = sessionOf(alice.jar).access_token.split(".");
    const claims = Buffer.from(JSON.stringify({ sub: alice.userId, role: "authenticated", exp: 4_000_000_000 })).toString("base64url");
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
    for (const access_token of [`${header}.${claims}.${signature}`, `${none}.${claims}.`, "a.b.c", "x", "a\nb.c.d", "\u{1f600}.b.c"]) {
      const forged = withSession(bob.jar, () => ({ access_token }));
      const response = await ask(forged);
      expect(response.status).toBe(200);
      expect(((await response.json()) as { answer: string }).answer).not.toContain("300 MW");
      expect(setCookies(response)).toEqual(cleared);
    }
  });

  test("an expired access token is refreshed, and the browser gets the new session, even with an error", async () => {
    const response = await ask(withSession(alice.jar, past), { question: "" });
    expect(response.status).toBe(400);
    const [cookie, ...others] = setCookies(response);
    expect(others).toEqual([]);
    expect(cookie).toMatch(/^tieline_session=base64-[\w-]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/i);
    expect(response.headers.get("cache-control")).toBe("no-store");
    alice.jar.take(cookie ?? "");
    expect(await answerFor(alice.jar)).toContain("300 MW");
    expect(setCookies(await ask(alice.jar))).toEqual([]);
  });

  test("a stream carries the refreshed session before its first event", async () => {
    const headers = { ...withSession(alice.jar, past).headers, accept: "text/event-stream" };
    const response = await call(POST, "/api/ask", { json: question, headers });
    expect(response.headers.get("cache-control")).toBe("no-store, no-transform");
    for (const cookie of setCookies(response)) alice.jar.take(cookie);
    expect(setCookies(response)).toHaveLength(1);
    expect(await response.text()).toContain("300 MW");
  });

  test("requests that refresh at the same time are all recognised", async () => {
    const jar = withSession(alice.jar, past);
    const responses = await Promise.all(Array.from({ length: 12 }, () => ask(jar)));
    for (const response of responses) expect(Answer.parse(await response.json()).answer).toContain("300 MW");
    for (const cookie of responses.flatMap(setCookies)) alice.jar.take(cookie);
    expect(await answerFor(alice.jar)).toContain("300 MW");
  });

  test("under https cookies are Secure and this host's alone", async () => {
    const expired = withSession(alice.jar, past).cookies.get("tieline_session") ?? "";
    useEnvironment({ APP_URL: "https://tieline.example" });
    expect(setCookies(await ask(new CookieJar({ "__Host-tieline_session": expired })))[0]).toMatch(/^__Host-tieline_session=base64-[\w-]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/i);
    expect(setCookies(await ask(new CookieJar({ "__Host-tieline_session": "x" })))).toEqual(["__Host-tieline_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure"]);
    expect(setCookies(await ask(new CookieJar({ tieline_session: expired })))).toEqual([]);
    useEnvironment({ APP_URL: "" });
  });

  test("a session that was signed out is anonymous, with its access token and without", async () => {
    const jar = new CookieJar();
    await (await authOf(jar)).signInWithPassword({ email: "bob@example.com", password });
    const copy = jar.with({});
    expect(await principalOf(copy)).toBe("member");
    await (await authOf(jar)).signOut({ scope: "local" });
    expect(jar.cookies.has("tieline_session")).toBe(false);
    expect(setCookies(await ask(copy))).toEqual(cleared);
    expect(setCookies(await ask(withSession(copy, past)))).toEqual(cleared);
    expect(await principalOf(bob.jar)).toBe("member");
  });

  test("changing the password works at rest, and the old one is refused", async () => {
    const { jar } = await signUp("dave@example.com");
    expect((await (await authOf(jar)).updateUser({ password: "another good one" })).error).toBeNull();
    const signIn = async (word: string) => (await authOf(new CookieJar())).signInWithPassword({ email: "dave@example.com", password: word });
    expect((await signIn("another good one")).error).toBeNull();
    expect((await signIn(password)).error?.code).toBe("invalid_credentials");
  });

  test("schema auth is closed to units of work and to the resting connection", async () => {
    const roles: Parameters<typeof db.as>[0][] = [
      anonymous, system("test"), { kind: "user", userId: alice.userId }, { kind: "member", userId: alice.userId, tenantId: tenants.alice, role: "owner" },
    ];
    for (const principal of roles) {
      for (const table of ["users", "sessions", "refresh_tokens", "identities"]) {
        await expect(db.as(principal, (tx) => sql`select 1 from ${sql.id("auth", table)}`.execute(tx))).rejects.toMatchObject({ code: "42501" });
      }
      await expect(db.as(principal, (tx) => sql`insert into auth.users (id) values (gen_random_uuid())`.execute(tx))).rejects.toMatchObject({ code: "42501" });
    }
    await expect(sql`select 1 from auth.users`.execute(opened.database.kysely)).rejects.toMatchObject({ code: "42501" });
    await expect(sql`select 1 from app.organisations`.execute(authKysely())).rejects.toMatchObject({ code: "42501" });
  });

  test("a user sees their own memberships and organisations, and no document or answer", async () => {
    const seen = await db.as({ kind: "user", userId: bob.userId }, async (tx) => ({
      memberships: (await tx.selectFrom("app.memberships").select("user_id").execute()).map((row) => row.user_id),
      organisations: (await tx.selectFrom("app.organisations").select("name").execute()).map((row) => row.name),
      documents: await tx.selectFrom("app.documents").select("id").where("tenant_id", "is not", null).execute(),
      answers: await tx.selectFrom("app.answers").select("id").execute(),
    }));
    expect(seen).toEqual({ memberships: [bob.userId], organisations: ["Bob's"], documents: [], answers: [] });
  });

  test("the auth plane left the grants of the public view as they were", async () => {
    const grants = await inspect(`
      select c.relname, a.grantee::regrole::text as grantee, string_agg(a.privilege_type, ',') as privileges
      from pg_class c, aclexplode(c.relacl) a
      where c.relnamespace = 'public'::regnamespace and a.grantee <> c.relowner group by 1, 2 order by 1, 2`);
    const views = [
      "alberta_supply_demand", "consultation_events", "edge_invocation_log", "grid_stability_metrics", "grid_status", "help_entries", "mitigation_strategies", "ontario_hourly_demand",
      "provincial_generation", "security_incidents", "source_health", "stream_health", "stream_manifest", "threat_models", "weather_data",
    ];
    expect(grants).toEqual(views.flatMap((relname) => ["anon", "authenticated", "service_role"].map((grantee) => ({ relname, grantee, privileges: "SELECT" }))));
    expect(await inspect("select * from pg_default_acl where defaclnamespace <> 0")).toEqual([]);
  });

  test("a transaction that fails, or that is left open for 15 seconds, stops nobody", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const leftOpen = await authKysely().startTransaction().execute();
    vi.advanceTimersByTime(15_000);
    vi.useRealTimers();
    await expect(sql`select 1`.execute(leftOpen)).rejects.toThrow();
    await expect(authKysely().transaction().execute((tx) => sql`select 1 from nothing`.execute(tx))).rejects.toThrow("nothing");
    await expect(sql`select 1 from nothing`.execute(authKysely())).rejects.toThrow("nothing");
    expect(await principalOf(bob.jar)).toBe("member");
  });

  test("the plane wants its key, serves accounts only, and keeps its secrets to the user", async () => {
    const plane = await authPlane();
    const status = async (path: string, headers = {}) => (await plane.fetch(`${plane.url}${path}`, { headers })).status;
    expect(await status("/auth/v1/user")).toBe(401);
    expect(await status("/auth/v1/settings", { apikey: "sb_publishable_x" })).toBe(401);
    expect(await status("/auth/v1/settings", { apikey: plane.publishableKey })).toBe(200);
    for (const path of ["/rest/v1/help_entries", "/storage/v1/bucket", "/_system/info", "/", "/auth/v1/../../rest/v1/help_entries"]) {
      expect(await status(path, { apikey: plane.publishableKey })).toBe(404);
    }
    expect((await stat(join(folder, "auth-secrets.json"))).mode & 0o777).toBe(0o600);
  });
});


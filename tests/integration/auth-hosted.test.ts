import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { POST } from "#app/api/ask/route.ts";
import { Answer } from "#domains/assistant/index.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { createDocument, createMember, joinOrganisation } from "../support/factories.ts";
import { type FakeGoTrue, publishableKey, startFakeGoTrue } from "../support/fake-gotrue.ts";
import { call, captureLog, resetEnvironment, useEnvironment } from "../support/http.ts";
import { type CookieJar, signUp, withSession } from "../support/sessions.ts";

const ask = (jar: CookieJar) => call(POST, "/api/ask", { json: { question: "What is the Quokka interconnector rated at?" }, headers: jar.headers });
const past = () => ({ expires_at: Math.floor(Date.now() / 1_000) - 60 });
const settings = { SUPABASE_PUBLISHABLE_KEY: publishableKey, SUPABASE_TIMEOUT_MS: "400", DATABASE_URL: "postgres://unused.invalid/x" };

describe("sessions of a hosted Supabase project", () => {
  let opened: TestDatabase;
  let goTrue: FakeGoTrue;
  let member: Awaited<ReturnType<typeof signUp>>;

  beforeAll(async () => {
    goTrue = await startFakeGoTrue();
    useEnvironment({ ...settings, SUPABASE_URL: goTrue.url });
    opened = await openTestDatabase("embedded");
    member = await signUp("alice@example.com");
    const { tenantId } = await createMember("Alice's");
    await joinOrganisation(tenantId, member.userId);
    await createDocument("The Quokka interconnector is rated at 300 MW.", { tenantId, title: "Quokka interconnector" });
  });
  beforeEach(() => {
    captureLog();
    goTrue.requests.length = 0;
  });
  afterEach(() => goTrue.fail({ kind: "none" }));
  afterAll(async () => {
    await opened.close();
    await goTrue.close();
    resetEnvironment();
  });

  test("a member is recognised with one call", async () => {
    expect(Answer.parse(await (await ask(member.jar)).json()).answer).toContain("300 MW");
    expect(goTrue.requests).toEqual(["GET /auth/v1/user"]);
  });

  test("an expired access token is refreshed once", async () => {
    const response = await ask(withSession(member.jar, past));
    expect(Answer.parse(await response.json()).answer).toContain("300 MW");
    expect(goTrue.requests).toEqual(["POST /auth/v1/token?grant_type=refresh_token", "GET /auth/v1/user"]);
    const [cookie, ...others] = response.headers.getSetCookie();
    expect(others).toEqual([]);
    member.jar.take(cookie ?? "");
    expect((await ask(member.jar)).headers.getSetCookie()).toEqual([]);
  });

  test.each([
    ["a forged token", () => withSession(member.jar, ({ access_token }) => ({ access_token: `${access_token}x` }))],
    ["an unknown refresh token", () => withSession(member.jar, () => ({ ...past(), refresh_token: "x" }))],
  ])("%s is anonymous and goes away, and nobody prints it as a fault", async (_, jar) => {
    const printed = [vi.spyOn(console, "warn"), vi.spyOn(console, "error")];
    const response = await ask(jar());
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toEqual(["tieline_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"]);
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  const html = "<html><body>Bad gateway</body></html>";
  test.each<[string, Parameters<FakeGoTrue["fail"]>[0]]>([
    ["doesn't answer in time", { kind: "hang" }],
    ["drops the connection", { kind: "drop" }],
    ["answers 500", { kind: "status", status: 500, body: '{"code":"unexpected_failure","message":"x"}' }],
    ["answers 503 from its gateway", { kind: "status", status: 503, body: html, contentType: "text/html" }],
    ["answers 429", { kind: "status", status: 429, body: '{"code":"over_request_rate_limit","message":"x"}' }],
    ["refuses our key", { kind: "status", status: 401, body: '{"message":"Invalid API key","hint":"x"}' }],
    ["is another site", { kind: "status", status: 200, body: html, contentType: "text/html" }],
    ["has no such path", { kind: "status", status: 404, body: '{"message":"no Route matched with those values"}' }],
  ])("nobody loses a session when the project %s: 503, cookies untouched", async (_, fault) => {
    goTrue.fail(fault);
    for (const jar of [member.jar, withSession(member.jar, past)]) {
      const started = performance.now();
      const response = await ask(jar);
      expect(performance.now() - started).toBeLessThan(3_000);
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([503, "UPSTREAM_UNAVAILABLE"]);
      expect(response.headers.get("retry-after")).toBe("5");
      expect(response.headers.getSetCookie()).toEqual([]);
    }
    expect((await call(POST, "/api/ask", { json: { question: "What is ramp?" } })).status).toBe(200);
  });

  test("a project that can't be reached at all is no different", async () => {
    useEnvironment({ SUPABASE_URL: "http://127.0.0.1:9" });
    const response = await ask(member.jar);
    expect([response.status, response.headers.getSetCookie()]).toEqual([503, []]);
    useEnvironment({ SUPABASE_URL: goTrue.url });
  });

  test("a session that was ended elsewhere is anonymous and goes away", async () => {
    goTrue.revoke(member.userId);
    const response = await ask(member.jar);
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toHaveLength(1);
  });
});

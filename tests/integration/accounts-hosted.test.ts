import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Account } from "#domains/accounts/index.ts";
import { sendRecovery } from "#domains/accounts/server.ts";
import { account, addressOf, auth, codeOf, createQueues, newAccount, send, signedIn } from "../support/accounts.ts";
import { inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { type FakeGoTrue, publishableKey, startFakeGoTrue } from "../support/fake-gotrue.ts";
import { captureLog, resetEnvironment, useEnvironment } from "../support/http.ts";
import { CookieJar, password } from "../support/sessions.ts";

const { changeEmail, changePassword, get } = account;
const { confirm, logIn, logOut, resetPassword, signUp } = auth;
const nobody = () => new CookieJar();
const settings = { SUPABASE_PUBLISHABLE_KEY: publishableKey, SUPABASE_TIMEOUT_MS: "300", DATABASE_URL: "postgres://unused.invalid/x", RATE_LIMIT_PER_MINUTE: "10000" };

describe.each([false, true])("accounts of a hosted Supabase project, with confirmations: %j", (confirmations) => {
  let opened: TestDatabase;
  let goTrue: FakeGoTrue;
  const linkOf = (to: string) => {
    const { type, tokenHash } = goTrue.mails.findLast((mail) => mail.to === to) ?? { type: "", tokenHash: "" };
    return { type, tokenHash };
  };
  const member = async (): Promise<{ email: string; jar: CookieJar; id: string }> => {
    if (!confirmations) return newAccount();
    const [email, jar] = [addressOf("ada"), nobody()];
    expect(await (await send(signUp, jar, { email, password, name: "Ada Byron" })).json()).toEqual({ state: "confirm-mail" });
    expect(jar.cookies.size).toBe(0);
    expect(await codeOf(await send(logIn, nobody(), { email, password }))).toEqual([401, "UNAUTHENTICATED"]);
    expect((await send(confirm, jar, linkOf(email))).status).toBe(200);
    return { email, jar, id: Account.parse(await (await send(get, jar)).json()).id };
  };

  beforeAll(async () => {
    goTrue = await startFakeGoTrue({ confirmations });
    useEnvironment({ ...settings, SUPABASE_URL: goTrue.url });
    opened = await openTestDatabase("embedded");
    await createQueues();
  });
  beforeEach(() => void captureLog());
  afterEach(() => goTrue.fail({ kind: "none" }));
  afterAll(async () => {
    await opened.close();
    await goTrue.close();
    resetEnvironment();
  });

  test("one is made, written down, left and entered again", async () => {
    const { id, email, jar } = await member();
    expect(await inspect("select email, name from app.users where id = $1", [id])).toEqual([{ email, name: "Ada Byron" }]);
    const copy = jar.with({});
    expect((await send(logOut, jar)).status).toBe(204);
    expect([jar.cookies.size, await signedIn(copy)]).toEqual([0, false]);
    expect(await (await send(logIn, jar, { email, password })).json()).toMatchObject({ id, email });
    expect([...jar.cookies.keys()]).toEqual(["tieline_session"]);
    expect(await codeOf(await send(logIn, nobody(), { email, password: "wrong wrong" }))).toEqual([401, "UNAUTHENTICATED"]);
  });

  test("a browser is logged out while the project is away; for more than its own session it has to answer", async () => {
    const { email, jar } = await member();
    for (const when of ["before", "in between"] as const) {
      const [leaving, copy] = [jar.with({ tieline_organisation: "x" }), jar.with({})];
      if (when === "before") goTrue.fail({ kind: "status", status: 503, body: "{}" });
      else goTrue.failAfter(1, { kind: "drop" });
      const response = await send(logOut, leaving);
      expect([when, response.status, [...leaving.cookies.keys()]]).toEqual([when, 204, []]);
      goTrue.fail({ kind: "none" });
      expect(await signedIn(copy)).toBe(true);
    }
    goTrue.fail({ kind: "hang" });
    for (const sessions of ["others", "all"]) {
      expect(await codeOf(await send(logOut, jar, { sessions }))).toEqual([503, "UPSTREAM_UNAVAILABLE"]);
    }
    goTrue.fail({ kind: "none" });
    expect([await signedIn(jar), (await send(logOut, jar, { sessions: "all" })).status, await signedIn(jar)]).toEqual([true, 204, false]);
    expect((await send(logIn, nobody(), { email, password })).status).toBe(200);
  });

  test("another site logs nobody out while the project is away", async () => {
    const { jar } = await member();
    goTrue.fail({ kind: "hang" });
    const response = await send(logOut, jar, undefined, { headers: { ...jar.headers, "sec-fetch-site": "cross-site" } });
    expect([await codeOf(response), jar.cookies.size]).toEqual([[403, "CSRF_FAILED"], 1]);
  });

  test("whether an address has one is said only where the project says it", async () => {
    const { email } = await member();
    const response = await send(signUp, nobody(), { email, password });
    expect(response.status).toBe(confirmations ? 201 : 409);
    if (confirmations) expect(await response.json()).toEqual({ state: "confirm-mail" });
  });

  test("a new password comes by mail, and ends all other sessions", async () => {
    const { email, jar } = await member();
    expect((await send(resetPassword, nobody(), { email })).status).toBe(202);
    await sendRecovery.run({ email }, new AbortController().signal);
    const fresh = nobody();
    expect((await send(confirm, fresh, { ...linkOf(email), password: "another good one" })).status).toBe(200);
    expect([await signedIn(fresh), await signedIn(jar)]).toEqual([true, false]);
    expect((await send(logIn, nobody(), { email, password: "another good one" })).status).toBe(200);
    expect(await codeOf(await send(confirm, nobody(), { ...linkOf(email), password: "a third good one" }))).toEqual([400, "INVALID_REQUEST"]);
  });

  test("another password ends the others, a move takes both mailboxes", async () => {
    const { email, jar } = await member();
    const other = nobody();
    await send(logIn, other, { email, password });
    expect((await send(changePassword, jar, { current: password, next: "another good one" })).status).toBe(204);
    expect([await signedIn(jar), await signedIn(other)]).toEqual([true, false]);
    const next = addressOf("next");
    expect((await send(changeEmail, jar, { email: next, password: "another good one" })).status).toBe(202);
    expect(await (await send(confirm, nobody(), linkOf(next))).json()).toEqual({ state: "other-mail" });
    expect(await (await send(confirm, nobody(), linkOf(email))).json()).toEqual({ state: "signed-in" });
    expect(Account.parse(await (await send(get, jar)).json()).email).toBe(next);
  });

  test.each<[string, Parameters<FakeGoTrue["fail"]>[0], number]>([
    ["hangs", { kind: "hang" }, 503],
    ["drops the connection", { kind: "drop" }, 503],
    ["fails", { kind: "status", status: 500, body: '{"code":"unexpected_failure"}' }, 503],
    ["is overrun", { kind: "status", status: 429, body: '{"code":"over_request_rate_limit"}' }, 429],
  ])("says so when the project %s, and changes no cookie", async (_, fault, status) => {
    const { email, jar } = await member();
    goTrue.fail(fault);
    for (const response of [
      await send(signUp, nobody(), { email: addressOf("x"), password }),
      await send(logIn, nobody(), { email, password }),
      await send(confirm, nobody(), { type: "recovery", tokenHash: "0".repeat(64), password }),
    ]) {
      expect([response.status, response.headers.getSetCookie(), Number(response.headers.get("retry-after")) > 0]).toEqual([status, [], true]);
    }
    goTrue.fail({ kind: "none" });
    expect(await signedIn(jar)).toBe(true);
  });
});

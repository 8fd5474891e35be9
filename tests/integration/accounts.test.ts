import { hash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { Account } from "#domains/accounts/index.ts";
import { sendRecovery } from "#domains/accounts/server.ts";
import { newId } from "#lib/ids.ts";
import { authKysely } from "#platform/db/auth-kysely.ts";
import { forgetFlags } from "#platform/flags/flags.ts";
import { account, addressOf, auditOf, auth, codeOf, createQueues, linkTo, newAccount, send, signedIn } from "../support/accounts.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { call, captureLog, freshAddress, resetEnvironment, useEnvironment } from "../support/http.ts";
import { authOf, CookieJar, password, sessionOf } from "../support/sessions.ts";

const { confirm, logIn, logOut, resetPassword, signUp } = auth;
const { get: GET, rename: PATCH } = account;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tieline-accounts-"));
  useEnvironment({ DATA_DIR: folder, RATE_LIMIT_PER_MINUTE: "10000" });
});
afterAll(async () => {
  resetEnvironment();
  await rm(folder, { recursive: true });
});
beforeEach(() => void captureLog());
afterEach(() => void vi.useRealTimers());

/** So that all attempts of a test are of one minute, however long their passwords take. */
const stopClock = () => void vi.useFakeTimers({ toFake: ["Date"] });

describe.each(engines)("accounts in the built-in auth plane, on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    await createQueues();
  });
  afterAll(() => opened.close());

  describe("POST /api/auth/sign-up", () => {
    test("makes an account, signs in to it and writes it down", async () => {
      const { id, email, jar } = await newAccount();
      expect(await inspect("select id, email, name from app.users where id = $1", [id])).toEqual([{ id, email, name: "Ada Byron" }]);
      expect(await auditOf(id)).toEqual([["account.signed_up", id]]);
      expect(await signedIn(jar)).toBe(true);
    });

    test("cookies are out of reach of scripts and other sites, and Secure under https", async () => {
      const json = { email: addressOf("cookie"), password };
      const [cookie, ...others] = (await call(signUp, "/api/auth/sign-up", { json, headers: new CookieJar().headers })).headers.getSetCookie();
      expect(others).toEqual([]);
      expect(cookie).toMatch(/^tieline_session=base64-[\w-]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/i);
      expect(cookie?.length).toBeLessThan(4_096);
      useEnvironment({ APP_URL: "https://tieline.example" });
      const secure = await call(logIn, "/api/auth/log-in", { json, headers: { "sec-fetch-site": "same-origin" } });
      useEnvironment({ APP_URL: "" });
      expect(secure.headers.getSetCookie()[0]).toMatch(/; Secure/);
      expect(secure.headers.get("cache-control")).toBe("no-store");
    });

    test("an address that has an account, in whatever case, is told to log in", async () => {
      const { email } = await newAccount();
      const response = await send(signUp, new CookieJar(), { email: email.toUpperCase(), password });
      expect(response.status).toBe(409);
      expect(await response.text()).toContain("Log in, or reset its password.");
      expect(response.headers.getSetCookie()).toEqual([]);
    });

    test.each([
      ["a short password", { password: "seven77" }, "password", "Use at least 8 characters."],
      ["73 bytes", { password: "x".repeat(73) }, "password", "Use at most 72 bytes"],
      ["25 characters of 3 bytes", { password: "電".repeat(25) }, "password", "Use at most 72 bytes"],
      ["no address", { email: "ada" }, "email", "Write an e-mail address"],
      ["an address of 10 kB", { email: `${"a".repeat(10_000)}@example.com` }, "email", ""],
      ["a NUL character", { email: "a\0b@example.com" }, "email", ""],
      ["an address with a line break", { email: "a@example.com\nbcc: b@example.com" }, "email", ""],
      ["a name of 101 characters", { name: "x".repeat(101) }, "name", "Use at most 100 characters."],
      ["something else", { role: "admin" }, "role", ""],
    ])("refuses %s at its field", async (_, over, path, message) => {
      const response = await send(signUp, new CookieJar(), { email: addressOf("bad"), password, ...over });
      const { errors } = (await response.json()) as { errors: { path: string; message: string }[] };
      expect([response.status, errors.map((error) => error.path)]).toEqual([400, [path]]);
      expect(errors[0]?.message).toContain(message);
    });

    test("takes 72 bytes and emoji, and tells passwords apart in the last byte", async () => {
      for (const word of ["x".repeat(72), "🔌".repeat(18)]) {
        const email = addressOf("long");
        expect((await send(signUp, new CookieJar(), { email, password: word })).status).toBe(201);
        expect((await send(logIn, new CookieJar(), { email, password: word })).status).toBe(200);
        for (const other of [`${word}x`, `${word.slice(0, -2)}yy`]) expect((await send(logIn, new CookieJar(), { email, password: other })).status).toBe(401);
      }
    });

    test("while sign-up is off, only an invitation that holds leads to an account", async () => {
      await inspect("insert into app.feature_flags (key, enabled) values ('sign-up', false)");
      forgetFlags();
      const invite = async (over = "") => {
        const token = newId();
        const [organisation] = await inspect<{ id: string }>("insert into app.organisations (name) values ('Inviting') returning id");
        await inspect(`insert into app.invitations (tenant_id, token_hash, role, created_by, expires_at) values ($1, sha256(convert_to($2, 'UTF8')), 'member', app.uuid_v7(), now() + interval '1 day' ${over})`, [organisation?.id, token]);
        return token;
      };
      const attempt = async (invitation?: string) => send(signUp, new CookieJar(), { email: addressOf("closed"), password, ...(invitation === undefined ? {} : { invitation }) });
      expect(await codeOf(await attempt())).toEqual([409, "CONFLICT"]);
      expect((await attempt("made-up")).status).toBe(409);
      expect((await attempt(await invite("- interval '2 days'"))).status).toBe(409);
      expect((await attempt(await invite())).status).toBe(201);
      await inspect("delete from app.feature_flags");
      forgetFlags();
      expect((await attempt()).status).toBe(201);
    });

    test("ten an hour from one address", async () => {
      const address = freshAddress();
      const statuses: number[] = [];
      for (let i = 0; i < 11; i += 1) statuses.push((await send(signUp, new CookieJar(), { email: "x", password }, { address })).status);
      expect(statuses).toEqual([...Array<number>(10).fill(400), 429]);
    });
  });

  describe("names", () => {
    test("keep all of their hundred characters", async () => {
      const [jar, name] = [new CookieJar(), `${"Ada Byron ".repeat(9)}Lovelace!!`];
      expect(name).toHaveLength(100);
      expect((await send(signUp, jar, { email: addressOf("long"), password, name })).status).toBe(201);
      expect(Account.parse(await (await send(GET, jar)).json()).name).toBe(name);
    });

    test("that the auth plane was given past us lose what nobody should see in a mail", async () => {
      const jar = new CookieJar();
      const { error } = await (await authOf(jar)).signUp({ email: addressOf("odd"), password, options: { data: { name: ` Ada\r\n\n\u202EByron ${"x".repeat(200)}` } } });
      expect(error).toBeNull();
      expect(Account.parse(await (await send(GET, jar)).json()).name).toBe(`Ada Byron ${"x".repeat(90)}`);
    });
  });

  describe("POST /api/auth/log-in", () => {
    test("begins a session and says whose it is, each time a new one", async () => {
      const { id, email, jar } = await newAccount();
      const response = await send(logIn, jar, { email: email.toUpperCase(), password });
      expect([response.status, await response.json()]).toEqual([200, { id, email, name: "Ada Byron" }]);
      const first = sessionOf(jar);
      const other = new CookieJar();
      await send(logIn, other, { email, password });
      const sessionId = (jarred: CookieJar) => (JSON.parse(Buffer.from(sessionOf(jarred).access_token.split(".")[1] ?? "", "base64url").toString()) as { session_id: string }).session_id;
      expect(first.refresh_token).not.toBe(sessionOf(other).refresh_token);
      expect(sessionId(jar)).not.toBe(sessionId(other));
      expect((await auditOf(id)).map(([action]) => action)).toEqual(["account.signed_up", "account.logged_in", "account.logged_in"]);
    });

    test("an unknown address and a wrong password are answered alike", async () => {
      const { email } = await newAccount();
      const bodies: unknown[] = [];
      for (const attempt of [{ email, password: "wrong wrong" }, { email: addressOf("nobody"), password }, { email, password: "x".repeat(73) }]) {
        const response = await send(logIn, new CookieJar(), attempt);
        expect([response.status, response.headers.getSetCookie()]).toEqual([401, []]);
        bodies.push({ ...((await response.json()) as object), requestId: "" });
      }
      expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    });

    test("a session that somebody planted is replaced, not continued, and no chunk of it stays", async () => {
      const [attacker, victim] = [await newAccount("mallory"), await newAccount("victim")];
      const jar = new CookieJar(Object.fromEntries(attacker.jar.cookies));
      expect((await send(logIn, jar, { email: victim.email, password })).status).toBe(200);
      expect(Account.parse(await (await send(GET, jar)).json()).id).toBe(victim.id);
      expect(sessionOf(jar).refresh_token).not.toBe(sessionOf(attacker.jar).refresh_token);
      const chunked = new CookieJar({ "tieline_session.0": "base64-x", "tieline_session.1": "y" });
      await send(logIn, chunked, { email: victim.email, password });
      expect([...chunked.cookies.keys()]).toEqual(["tieline_session"]);
    });

    test("heals an account whose sign-up was cut off, and keeps a name that was changed", async () => {
      const { id, email, jar } = await newAccount();
      await inspect("delete from app.users where id = $1", [id]);
      await send(logIn, new CookieJar(), { email, password });
      expect(await inspect("select email, name from app.users where id = $1", [id])).toEqual([{ email, name: "Ada Byron" }]);
      await send(PATCH, jar, { name: "Countess" });
      expect(await (await send(logIn, new CookieJar(), { email, password })).json()).toMatchObject({ name: "Countess" });
    });

    test("five attempts of one network at one account, whatever they were; another network still may", async () => {
      stopClock();
      const { email } = await newAccount();
      const address = freshAddress();
      const statuses: number[] = [];
      for (let i = 0; i < 6; i += 1) statuses.push((await send(logIn, new CookieJar(), { email, password: "wrong wrong" }, { address })).status);
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
      const refused = await send(logIn, new CookieJar(), { email, password }, { address });
      expect([refused.status, Number(refused.headers.get("retry-after")) > 0]).toEqual([429, true]);
      expect((await send(logIn, new CookieJar(), { email, password })).status).toBe(200);
    });

    test("ten attempts a minute at one account from everywhere, unknown ones alike", async () => {
      stopClock();
      for (const email of [(await newAccount()).email, addressOf("nobody")]) {
        const attempts = () => Promise.all(Array.from({ length: 6 }, async () => (await send(logIn, new CookieJar(), { email, password: "wrong wrong" })).status));
        // In two parts: fewer than twelve passwords are compared or wait at a time.
        const statuses = [...(await attempts()), ...(await attempts())];
        expect(statuses.filter((status) => status === 401)).toHaveLength(10);
        expect(statuses.filter((status) => status === 429)).toHaveLength(2);
      }
    });

    test("twenty attempts of one address, at whichever accounts", async () => {
      stopClock();
      const address = freshAddress();
      const statuses: number[] = [];
      for (let i = 0; i < 21; i += 1) statuses.push((await send(logIn, new CookieJar(), { email: "x", password }, { address })).status);
      expect(statuses).toEqual([...Array<number>(20).fill(400), 429]);
    });

    test.each([
      ["another site", { "sec-fetch-site": "cross-site" }],
      ["another host of ours", { "sec-fetch-site": "same-site" }],
      ["another origin", { origin: "https://evil.example" }],
      ["an origin of null", { origin: "null" }],
    ])("refuses what %s sends", async (_, headers) => {
      const { email } = await newAccount();
      expect(await codeOf(await call(logIn, "/api/auth/log-in", { json: { email, password }, headers }))).toEqual([403, "CSRF_FAILED"]);
    });
  });

  describe("POST /api/auth/log-out", () => {
    test("ends the session: a copy of its cookies is worth nothing", async () => {
      const { id, jar } = await newAccount();
      jar.cookies.set("tieline_organisation", newId());
      const copy = jar.with({});
      const response = await send(logOut, jar);
      expect([response.status, [...jar.cookies.keys()]]).toEqual([204, []]);
      expect(await signedIn(copy)).toBe(false);
      expect((await auditOf(id)).at(-1)).toEqual(["account.logged_out", id]);
    });

    test("is the same without a session, and with one that has ended", async () => {
      expect((await send(logOut, new CookieJar())).status).toBe(204);
      const { jar } = await newAccount();
      const copy = jar.with({});
      await send(logOut, jar);
      expect([(await send(logOut, copy)).status, [...copy.cookies.keys()]]).toEqual([204, []]);
    });

    test("ends the others, or all", async () => {
      const { email, jar } = await newAccount();
      const other = new CookieJar();
      await send(logIn, other, { email, password });
      expect((await send(logOut, jar, { sessions: "others" })).status).toBe(204);
      expect([await signedIn(jar), await signedIn(other)]).toEqual([true, false]);
      await send(logIn, other, { email, password });
      await send(logOut, other, { sessions: "all" });
      expect([await signedIn(jar), await signedIn(other)]).toEqual([false, false]);
    });
  });

  describe("POST /api/auth/reset-password", () => {
    test("a known address gets a mail whose link sets a password once and ends all other sessions", async () => {
      const { id, email, jar } = await newAccount();
      const response = await send(resetPassword, new CookieJar(), { email });
      expect([response.status, await response.json()]).toEqual([202, { state: "mail-under-way" }]);
      await sendRecovery.run({ email }, new AbortController().signal);
      const link = await linkTo(email, "password-reset");
      expect(link).toMatchObject({ type: "recovery", tokenHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string });

      const fresh = new CookieJar();
      expect(await codeOf(await send(confirm, fresh, link))).toEqual([400, "INVALID_REQUEST"]);
      const set = await send(confirm, fresh, { ...link, password: "another good one" });
      expect([set.status, await set.json()]).toEqual([200, { state: "signed-in" }]);
      expect([await signedIn(fresh), await signedIn(jar)]).toEqual([true, false]);
      expect((await auditOf(id)).at(-1)).toEqual(["account.password_reset", id]);
      expect(await inspect("select kind from app.mail where recipient = $1 order by id desc limit 1", [email])).toEqual([{ kind: "password-notice" }]);

      expect((await send(logIn, new CookieJar(), { email, password })).status).toBe(401);
      expect((await send(logIn, new CookieJar(), { email, password: "another good one" })).status).toBe(200);
      const again = await send(confirm, new CookieJar(), { ...link, password: "a third good one" });
      expect([again.status, again.headers.getSetCookie()]).toEqual([400, []]);
      expect(await again.text()).toContain("This link has been used, or its hour has passed.");
    });

    test("an unknown address gets the same answer, and no mail", async () => {
      const email = addressOf("nobody");
      const response = await send(resetPassword, new CookieJar(), { email });
      expect([response.status, await response.json()]).toEqual([202, { state: "mail-under-way" }]);
      const [job] = await inspect<{ data: { email: string } }>("select data from pgboss.job where name = 'accounts.send_recovery' order by created_on desc limit 1");
      expect(job?.data.email).toBe(email);
      await sendRecovery.run({ email }, new AbortController().signal);
      expect(await inspect("select 1 from app.mail where recipient = $1", [email])).toEqual([]);
    });

    test("three an hour to one address, known or not", async () => {
      const email = addressOf("nobody");
      const statuses: number[] = [];
      for (let i = 0; i < 4; i += 1) statuses.push((await send(resetPassword, new CookieJar(), { email })).status);
      expect(statuses).toEqual([202, 202, 202, 429]);
    });
  });

  describe("POST /api/auth/confirm", () => {
    test.each([
      ["a link that was never sent", { type: "recovery", tokenHash: "0".repeat(64), password }],
      ["a link of another kind", { type: "email_change", tokenHash: "0".repeat(64) }],
    ])("refuses %s", async (_, json) => {
      expect(await codeOf(await send(confirm, new CookieJar(), json))).toEqual([400, "INVALID_REQUEST"]);
    });

    test("a link that is an hour old has run out", async () => {
      const { email, id } = await newAccount();
      await sendRecovery.run({ email }, new AbortController().signal);
      await sql`update auth.users set recovery_sent_at = now() - interval '61 minutes' where id = ${id}`.execute(authKysely());
      const response = await send(confirm, new CookieJar(), { ...(await linkTo(email, "password-reset")), password: "another good one" });
      expect(response.status).toBe(400);
      expect((await send(logIn, new CookieJar(), { email, password })).status).toBe(200);
    });

    // A million hashes, which no engine changes.
    if (engine === "embedded") test("the secret of a link can't be worked out from the address and a short code", async () => {
      const { email, id } = await newAccount();
      await sendRecovery.run({ email }, new AbortController().signal);
      const { rows } = await sql<{ recovery_token: string }>`select recovery_token from auth.users where id = ${id}`.execute(authKysely());
      const known = rows[0]?.recovery_token;
      for (let code = 0; code < 1_000_000; code += 1) if (hash("sha256", email + String(code).padStart(6, "0")) === known) expect.fail(`The code is ${code}`);
    });

    test("the same password again is no failure", async () => {
      const { email } = await newAccount();
      await sendRecovery.run({ email }, new AbortController().signal);
      expect((await send(confirm, new CookieJar(), { ...(await linkTo(email, "password-reset")), password })).status).toBe(200);
    });
  });
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Account } from "#domains/accounts/index.ts";
import { deleteLoginJob } from "#domains/accounts/server.ts";
import { newId } from "#lib/ids.ts";
import { account, addressOf, auditOf, auth, codeOf, countAuth, createQueues, linkTo, newAccount, send, signedIn } from "../support/accounts.ts";
import { engines, inspect, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { createMember, joinOrganisation } from "../support/factories.ts";
import { call, captureLog, resetEnvironment, useEnvironment } from "../support/http.ts";
import { CookieJar, password, sessionOf, signUp, withSession } from "../support/sessions.ts";

const { changeEmail, changePassword, exportAccount, get, remove, rename } = account;
const { confirm, logIn } = auth;
const nobody = () => new CookieJar();
const noSignal = new AbortController().signal;

/** An organisation that the user owns, with so many others in it. */
async function ownedBy(userId: string, name: string, others = 0): Promise<string> {
  const [row] = await inspect<{ id: string }>("insert into app.organisations (name) values ($1) returning id", [name]);
  const id = row?.id ?? "";
  await inspect("insert into app.memberships (tenant_id, user_id, role) values ($1, $2, 'owner')", [id, userId]);
  for (let i = 0; i < others; i += 1) await joinOrganisation(id, newId());
  return id;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tieline-account-"));
  useEnvironment({ DATA_DIR: folder, RATE_LIMIT_PER_MINUTE: "10000" });
});
afterAll(async () => {
  resetEnvironment();
  await rm(folder, { recursive: true });
});
beforeEach(() => void captureLog());

describe.each(engines)("one's own account, on the %s engine", (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    await createQueues();
  });
  afterAll(() => opened.close());

  describe("GET /api/account", () => {
    test("says who one is, and in which organisations with whom", async () => {
      const { id, email, jar } = await newAccount();
      const own = await ownedBy(id, "Own", 1);
      const { tenantId } = await createMember("Theirs");
      await joinOrganisation(tenantId, id);
      const response = await send(get, jar);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(Account.parse(await response.json())).toMatchObject({
        id, email, name: "Ada Byron", lastSignedInAt: expect.any(String) as string,
        organisations: [{ id: own, name: "Own", role: "owner", members: 2, soleOwner: true }, { id: tenantId, name: "Theirs", role: "member", members: 2, soleOwner: false }],
      });
    });

    test("writes down a user whose sign-up was cut off", async () => {
      const { jar, userId } = await signUp(addressOf("cut"));
      expect(await inspect("select 1 from app.users where id = $1", [userId])).toEqual([]);
      expect((await send(get, jar)).status).toBe(200);
      expect(await inspect("select 1 from app.users where id = $1", [userId])).toHaveLength(1);
    });

    test("is nothing for nobody", async () => {
      expect(await codeOf(await send(get, nobody()))).toEqual([401, "UNAUTHENTICATED"]);
    });
  });

  describe("PATCH /api/account", () => {
    test("changes the name, says so in the audit once, and refuses what is no name", async () => {
      const { id, jar } = await newAccount();
      for (const name of [" Augusta Ada ", "Augusta Ada"]) {
        expect(await (await send(rename, jar, { name })).json()).toMatchObject({ id, name: "Augusta Ada" });
      }
      expect(await inspect("select before, after from app.audit_log where target = $1 and action = 'account.renamed'", [id])).toEqual([
        { before: { name: "Ada Byron" }, after: { name: "Augusta Ada" } },
      ]);
      for (const json of [{ name: "x".repeat(101) }, { name: "a\0b" }, { name: 7 }, {}, { name: "x", email: "x" }]) {
        expect(await codeOf(await send(rename, jar, json))).toEqual([400, "INVALID_REQUEST"]);
      }
      expect(await codeOf(await send(rename, nobody(), { name: "x" }))).toEqual([401, "UNAUTHENTICATED"]);
    });

    test("wants this session's token, and a request of this site", async () => {
      const [{ jar }, other] = [await newAccount(), await newAccount()];
      const { "x-csrf-token": own = "", ...headers } = jar.headers;
      const attempt = async (over: Record<string, string>) => codeOf(await call(rename, "/api/account", { method: "PATCH", json: { name: "X" }, headers: { ...headers, ...over } }));
      const without = (name: string) => Object.fromEntries(Object.entries(jar.headers).filter(([key]) => key !== name));
      const refused = [403, "CSRF_FAILED"];
      expect(await attempt({})).toEqual(refused);
      expect(await attempt({ "x-csrf-token": "" })).toEqual(refused);
      expect(await attempt({ "x-csrf-token": `${own.slice(0, -1)}${own.endsWith("A") ? "B" : "A"}` })).toEqual(refused);
      expect(await attempt({ "x-csrf-token": other.jar.headers["x-csrf-token"] ?? "" })).toEqual(refused);
      for (const site of ["cross-site", "same-site", "none"]) expect(await attempt({ "x-csrf-token": own, "sec-fetch-site": site })).toEqual(refused);
      const bare = await call(rename, "/api/account", { method: "PATCH", json: { name: "X" }, headers: without("sec-fetch-site") });
      expect(await codeOf(bare)).toEqual(refused);
      expect((await call(rename, "/api/account", { method: "PATCH", json: { name: "X" }, headers: jar.headers })).status).toBe(200);
    });
  });

  describe("POST /api/account/email", () => {
    test("moves the account once the new mailbox has confirmed, and tells the old one", async () => {
      const { email, jar } = await newAccount();
      const next = addressOf("next");
      const response = await send(changeEmail, jar, { email: next, password });
      expect([response.status, await response.json()]).toEqual([202, { state: "mail-under-way" }]);
      expect(Account.parse(await (await send(get, jar)).json()).email).toBe(email);
      expect(await inspect("select body from app.mail where recipient = $1 and kind = 'email-notice'", [email])).toEqual([{ body: expect.stringContaining(next) as string }]);
      expect((await linkTo(email, "email-change")).tokenHash).toBe("");

      const link = await linkTo(next, "email-change");
      expect(link.type).toBe("email_change");
      expect((await send(confirm, nobody(), link)).status).toBe(200);
      expect(Account.parse(await (await send(get, jar)).json()).email).toBe(next);
      expect((await send(logIn, nobody(), { email: next, password })).status).toBe(200);
      expect((await send(logIn, nobody(), { email, password })).status).toBe(401);
      expect((await send(confirm, nobody(), link)).status).toBe(400);
    });

    test("takes the password, and no address that has an account or is one's own", async () => {
      const [{ email, jar }, other] = [await newAccount(), await newAccount()];
      expect(await codeOf(await send(changeEmail, jar, { email: addressOf("x"), password: "wrong wrong" }))).toEqual([401, "UNAUTHENTICATED"]);
      expect(await codeOf(await send(changeEmail, jar, { email: other.email, password }))).toEqual([409, "CONFLICT"]);
      expect(await codeOf(await send(changeEmail, jar, { email, password }))).toEqual([400, "INVALID_REQUEST"]);
      expect(await codeOf(await send(changeEmail, nobody(), { email: addressOf("x"), password }))).toEqual([401, "UNAUTHENTICATED"]);
      expect(await signedIn(jar)).toBe(true);
    });
  });

  describe("POST /api/account/password", () => {
    test("sets another one, ends all other sessions and gives this browser a new one", async () => {
      const { id, email, jar } = await newAccount();
      const [before, other] = [jar.with({}), nobody()];
      await send(logIn, other, { email, password });
      const response = await send(changePassword, jar, { current: password, next: "another good one" });
      expect(response.status).toBe(204);
      expect([await signedIn(jar), await signedIn(before), await signedIn(other)]).toEqual([true, false, false]);
      expect((await auditOf(id)).at(-1)).toEqual(["account.password_changed", id]);
      expect((await send(logIn, nobody(), { email, password })).status).toBe(401);
      expect((await send(logIn, nobody(), { email, password: "another good one" })).status).toBe(200);
    });

    test("a wrong current one, a weak next one and the same one change nothing and end nothing", async () => {
      const { email, jar } = await newAccount();
      expect(await codeOf(await send(changePassword, jar, { current: "wrong wrong", next: "another good one" }))).toEqual([401, "UNAUTHENTICATED"]);
      expect(await codeOf(await send(changePassword, jar, { current: password, next: "short" }))).toEqual([400, "INVALID_REQUEST"]);
      const same = await send(changePassword, jar, { current: password, next: password });
      expect([same.status, ((await same.json()) as { errors: { path: string }[] }).errors.map(({ path }) => path)]).toEqual([400, ["next"]]);
      expect(await signedIn(jar)).toBe(true);
      expect((await send(logIn, nobody(), { email, password })).status).toBe(200);
      expect(await codeOf(await send(changePassword, nobody(), { current: password, next: "another good one" }))).toEqual([401, "UNAUTHENTICATED"]);
    });
  });

  describe("GET /api/account/export", () => {
    test("holds what is theirs and nobody else's, without secrets", async () => {
      const { id, email, jar } = await newAccount();
      const tenantId = await ownedBy(id, "Own");
      const other = await createMember("Other");
      for (const [tenant, user, note] of [[tenantId, id, "mine@example.com"], [other.tenantId, other.userId, "theirs@example.com"]]) {
        await inspect("insert into app.invitations (tenant_id, token_hash, role, email, created_by, expires_at) values ($1, sha256(convert_to($3, 'UTF8')), 'member', $3, $2, now())", [tenant, user, note]);
        await inspect("insert into app.api_keys (tenant_id, name, prefix, key_hash, scopes, created_by) values ($1, $3, 'tl_abcdef', sha256(convert_to($3, 'UTF8')), '{ask}', $2)", [tenant, user, note]);
      }
      await send(rename, jar, { name: "Ada" });
      const response = await send(exportAccount, jar);
      expect(response.headers.get("content-disposition")).toBe('attachment; filename="tieline-account.json"');
      const text = await response.text();
      expect(JSON.parse(text)).toMatchObject({
        account: { id, email, name: "Ada" },
        organisations: [{ id: tenantId, role: "owner" }],
        invitations: [{ email: "mine@example.com" }],
        apiKeys: [{ name: "mine@example.com", prefix: "tl_abcdef", scopes: ["ask"] }],
        actions: [{ action: "account.signed_up" }, { action: "account.renamed", after: { name: "Ada" } }],
      });
      expect(text).not.toMatch(/theirs@|hash/);
      expect(await codeOf(await send(exportAccount, nobody()))).toEqual([401, "UNAUTHENTICATED"]);
    });

    test("is whole beyond a page of actions", async () => {
      const { id, jar } = await newAccount();
      await inspect("insert into app.audit_log (actor_role, actor_id, action, target) select 'authenticated', $1, 'account.renamed', n::text from generate_series(1, 2500) n", [id]);
      const { actions } = (await (await send(exportAccount, jar)).json()) as { actions: { target: string }[] };
      expect(new Set(actions.map(({ target }) => target)).size).toBe(2_501);
    });
  });

  describe("DELETE /api/account", () => {
    test("takes the user, what only they had, the login and everything the plane kept", async () => {
      const { id, email, jar } = await newAccount();
      const own = await ownedBy(id, "Alone");
      const { tenantId } = await createMember("Theirs");
      await joinOrganisation(tenantId, id);
      const copy = jar.with({});
      const response = await send(remove, jar, { password });
      expect([response.status, [...jar.cookies.keys()]]).toEqual([204, []]);
      expect(await signedIn(copy)).toBe(false);
      expect(await inspect("select 1 from app.users where id = $1", [id])).toEqual([]);
      expect(await inspect("select 1 from app.memberships where user_id = $1", [id])).toEqual([]);
      expect(await inspect("select id from app.organisations where id = any ($1)", [[own, tenantId]])).toEqual([{ id: tenantId }]);
      expect((await auditOf(id)).at(-1)).toEqual(["account.deleted", id]);

      // The process may die here: the job was queued by the transaction that deleted the rest.
      expect(await inspect("select data from pgboss.job where name = 'accounts.delete_login' and data ->> 'userId' = $1", [id])).toEqual([{ data: { userId: id } }]);
      expect((await send(logIn, nobody(), { email, password })).status).toBe(200);
      for (let run = 0; run < 2; run += 1) await deleteLoginJob.run({ userId: id }, noSignal);
      expect(await inspect("select 1 from app.users where id = $1", [id])).toEqual([]);
      expect((await send(logIn, nobody(), { email, password })).status).toBe(401);
      for (const [table, column] of [["users", "id"], ["sessions", "user_id"], ["refresh_tokens", "user_id"], ["identities", "user_id"], ["audit_log_entries", "payload ->> 'actor_id'"]] as const) {
        expect([table, await countAuth(table, column, id)]).toEqual([table, 0]);
      }
      expect((await send(auth.signUp, nobody(), { email, password })).status).toBe(201);
    });

    test("takes the password, and a session", async () => {
      const { jar } = await newAccount();
      expect(await codeOf(await send(remove, jar, { password: "wrong wrong" }))).toEqual([401, "UNAUTHENTICATED"]);
      expect(await codeOf(await send(remove, nobody(), { password }))).toEqual([401, "UNAUTHENTICATED"]);
      expect(await signedIn(jar)).toBe(true);
    });

    test("isn't possible for the only owner of what others belong to, and says of what", async () => {
      const { id, jar } = await newAccount();
      await ownedBy(id, "Alone");
      const shared = await ownedBy(id, "Shared", 2);
      const response = await send(remove, jar, { password });
      expect(response.status).toBe(409);
      const { detail } = (await response.json()) as { detail: string };
      expect(detail).toContain("“Shared”");
      expect(detail).not.toContain("Alone");
      expect(await inspect("select 1 from app.memberships where user_id = $1", [id])).toHaveLength(2);
      await inspect("update app.memberships set role = 'owner' where tenant_id = $1", [shared]);
      expect((await send(remove, jar, { password })).status).toBe(204);
    });
  });

  // The reader's page has stood open for longer than its access token holds.
  test.each([
    ["reads the account", (jar: CookieJar) => send(get, jar), 200],
    ["sets another password", (jar: CookieJar) => send(changePassword, jar, { current: password, next: "four other plain words" }), 204],
    ["asks for another address", (jar: CookieJar) => send(changeEmail, jar, { email: addressOf("new"), password }), 202],
    ["ends the other sessions", (jar: CookieJar) => send(auth.logOut, jar, { sessions: "others" }), 204],
  ] as const)("an action that also renews the session %s, and leaves one that holds", async (_, act, status) => {
    const { jar } = await newAccount();
    const late = withSession(jar, () => ({ expires_at: Math.floor(Date.now() / 1_000) - 3_600 }));
    const before = sessionOf(late).refresh_token;
    expect((await act(late)).status).toBe(status);
    expect(sessionOf(late).refresh_token).not.toBe(before);
    expect(await signedIn(late)).toBe(true);
    // And once more, when what it was given has run out in turn.
    const later = withSession(late, () => ({ expires_at: Math.floor(Date.now() / 1_000) - 3_600 }));
    expect((await send(get, later)).status).toBe(200);
    expect(await signedIn(later)).toBe(true);
  });

  test.each([
    ["a line break", "Ada\n\nYour account is locked: https://evil.example"], ["a mark that turns text round", "Ada\u202Ecod.exe"], ["what nobody sees", "Ada\u200B"],
  ])("a name holds no %s: mails to others say it", async (_, name) => {
    const { jar } = await newAccount();
    expect(await codeOf(await send(rename, jar, { name }))).toEqual([400, "INVALID_REQUEST"]);
    // Persian, and an emoji made of three.
    expect((await send(rename, jar, { name: "می‌نا 👩‍💻" })).status).toBe(200);
  });
});

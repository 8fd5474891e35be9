import { sql } from "kysely";
import { expect } from "vitest";
import { DELETE, GET, PATCH } from "#app/api/account/route.ts";
import { POST as changeEmail } from "#app/api/account/email/route.ts";
import { GET as exportAccount } from "#app/api/account/export/route.ts";
import { POST as changePassword } from "#app/api/account/password/route.ts";
import { POST as confirm } from "#app/api/auth/confirm/route.ts";
import { POST as logIn } from "#app/api/auth/log-in/route.ts";
import { POST as logOut } from "#app/api/auth/log-out/route.ts";
import { POST as resetPassword } from "#app/api/auth/reset-password/route.ts";
import { POST as signUp } from "#app/api/auth/sign-up/route.ts";
import { Account } from "#domains/accounts/index.ts";
import { newId } from "#lib/ids.ts";
import { sessionCookieName } from "#platform/auth/session-cookie.ts";
import { authKysely } from "#platform/db/auth-kysely.ts";
import type { RouteHandler } from "#platform/http/operation.ts";
import { inspect } from "./database.ts";
import { call, type CallOptions } from "./http.ts";
import { CookieJar, password, sessionOf } from "./sessions.ts";

export const account = { get: GET, rename: PATCH, remove: DELETE, changeEmail, changePassword, exportAccount };
export const auth = { confirm, logIn, logOut, resetPassword, signUp };

const paths = new Map<RouteHandler, string>([
  [GET, "/api/account"], [PATCH, "/api/account"], [DELETE, "/api/account"], [changeEmail, "/api/account/email"],
  [changePassword, "/api/account/password"], [exportAccount, "/api/account/export"], [confirm, "/api/auth/confirm"],
  [logIn, "/api/auth/log-in"], [logOut, "/api/auth/log-out"], [resetPassword, "/api/auth/reset-password"], [signUp, "/api/auth/sign-up"],
]);
const methods = new Map<RouteHandler, string>([[PATCH, "PATCH"], [DELETE, "DELETE"], [GET, "GET"], [exportAccount, "GET"]]);

/** Sends what a page of the jar's browser would, takes its cookies, and looks at the body for tokens. */
export async function send(handler: RouteHandler, jar: CookieJar, json?: unknown, options: CallOptions = {}): Promise<Response> {
  const before = tokensOf(jar);
  const response = await call(handler, paths.get(handler) ?? "/", { method: methods.get(handler) ?? "POST", ...(json === undefined ? {} : { json }), headers: jar.headers, ...options });
  for (const cookie of response.headers.getSetCookie()) jar.take(cookie);
  const text = await response.clone().text();
  for (const token of [...before, ...tokensOf(jar)]) expect(text).not.toContain(token);
  expect(text).not.toMatch(/access_token|refresh_token|eyJ/);
  return response;
}

function tokensOf(jar: CookieJar): string[] {
  if (!jar.cookies.has(sessionCookieName())) return [];
  const { access_token, refresh_token } = sessionOf(jar);
  return [access_token, refresh_token];
}

export const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];
export const addressOf = (name: string) => `${name}.${newId()}@example.com`;

/** Signs up; answers the account's address and id, and its browser. */
export async function newAccount(name = "ada") {
  const email = addressOf(name);
  const jar = new CookieJar();
  const response = await send(signUp, jar, { email, password, name: "Ada Byron" });
  expect([response.status, await response.json()]).toEqual([201, { state: "signed-in" }]);
  const { id } = Account.parse(await (await send(GET, jar)).json());
  return { email, jar, id };
}

/** The link of the newest mail of a kind to an address, as its fragment's parts. */
export async function linkTo(recipient: string, kind: string): Promise<{ type: string; tokenHash: string }> {
  const [mail] = await inspect<{ body: string }>("select body from app.mail where recipient = $1 and kind = $2 order by id desc limit 1", [recipient, kind]);
  const fragment = new URLSearchParams(/\/confirm#(\S+)/.exec(mail?.body ?? "")?.[1]);
  return { type: fragment.get("type") ?? "", tokenHash: fragment.get("token_hash") ?? "" };
}

export const signedIn = async (jar: CookieJar) => (await call(GET, "/api/account", { headers: jar.headers })).status === 200;
/** Actions on a target with their actors, oldest first. */
export const auditOf = async (id: string) => (await inspect<{ action: string; actor_id: string }>("select action, actor_id from app.audit_log where target = $1 order by id", [id])).map((row) => [row.action, row.actor_id]);
/** Rows of the built-in auth plane. */
export const countAuth = async (table: string, column: string, id: string) =>
  Number((await sql<{ n: string }>`select count(*) as n from ${sql.id("auth", table)} where ${sql.raw(column)} = ${id}`.execute(authKysely())).rows[0]?.n);

/** The queues that accounts write to; the application makes them when it starts its workers. */
export async function createQueues(): Promise<void> {
  await inspect(`select pgboss.create_queue(name, '{"policy": "standard"}') from unnest(array['mail.deliver', 'accounts.send_recovery', 'accounts.delete_login']) name`);
}

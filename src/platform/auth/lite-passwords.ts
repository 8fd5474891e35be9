import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { isAppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { authKysely } from "#platform/db/auth-kysely.ts";
import { inPasswordTurn } from "./passwords.ts";

/** Addresses under .invalid belong to nobody (RFC 6761). */
const nobody = "nobody@auth.invalid";

const Credentials = z.object({ email: z.string() });

/**
 * Runs a request to Lite that hashes a password when it is its turn, others at once. One that logs in to an account that
 * isn't there goes to one that nobody has the password of: Lite alone would answer it without hashing, and so tell by its
 * time which addresses have accounts.
 */
export async function withPasswordTurn(request: Request, respond: (request: Request) => Promise<Response>): Promise<Response> {
  if (!hashes(request)) return respond(request);
  try {
    return await inPasswordTurn(async () => respond(await knownLogin(request)));
  } catch (error) {
    if (!isAppError(error) || error.code !== "RATE_LIMITED") throw error;
    return Response.json({ code: "over_request_rate_limit", message: error.message }, { status: 429 });
  }
}

function hashes(request: Request): boolean {
  const { pathname } = new URL(request.url);
  return isLogin(request) || (request.method === "POST" && pathname === "/auth/v1/signup") || (request.method === "PUT" && pathname === "/auth/v1/user");
}

function isLogin(request: Request): boolean {
  const { pathname, searchParams } = new URL(request.url);
  return request.method === "POST" && pathname === "/auth/v1/token" && searchParams.get("grant_type") === "password";
}

/** The request, of which an unknown address is replaced: with the same statement and the same steps for either. */
async function knownLogin(request: Request): Promise<Request> {
  if (!isLogin(request)) return request;
  const body: unknown = await request.clone().json().catch(() => null);
  const given = Credentials.safeParse(body);
  if (!given.success) return request;
  const email = given.data.email.toLowerCase();
  const { rows } = await sql<{ email: string }>`select email from auth.users where email in (${email}, ${nobody})`.execute(authKysely());
  const found = new Set(rows.map((row) => row.email));
  if (!found.has(nobody)) await makeNobody();
  return new Request(request, { body: JSON.stringify({ ...(body as object), email: found.has(email) ? email : nobody }) });
}

/** A hash as Lite makes them, of random bytes that are kept nowhere. */
async function makeNobody(): Promise<void> {
  const { default: bcrypt } = await import("bcrypt");
  const hash = await bcrypt.hash(randomBytes(32).toString("base64"), 10);
  await sql`insert into auth.users (id, email, encrypted_password, email_confirmed_at) values (${newId()}, ${nobody}, ${hash}, now())
    on conflict do nothing`.execute(authKysely());
}

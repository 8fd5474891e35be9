import { POST as createOrganisation } from "#app/api/organisations/route.ts";
import { POST as createKey } from "#app/api/organisation/keys/route.ts";
import { POST as invite } from "#app/api/organisation/invitations/route.ts";
import { POST as accept } from "#app/api/invitations/accept/route.ts";
import { NewInvitation, NewKey, JoinedOrganisation } from "#domains/accounts/index.ts";
import { newId } from "#lib/ids.ts";
import { makeApiKey } from "#platform/auth/api-key.ts";
import type { RouteHandler } from "#platform/http/operation.ts";
import { inspect } from "./database.ts";
import { call, type CallOptions } from "./http.ts";
import { type CookieJar, signUp } from "./sessions.ts";

/** Somebody signed in, in their browser. */
export interface Person {
  userId: string;
  email: string;
  jar: CookieJar;
}

/** Calls a route as a person's page does; their browser takes the cookies of the answer. */
export async function as(person: Person, handler: RouteHandler, path: string, options: CallOptions = {}): Promise<Response> {
  const response = await call(handler, path, { ...options, headers: { ...person.jar.headers, ...options.headers } });
  for (const cookie of response.headers.getSetCookie()) person.jar.take(cookie);
  return response;
}

export async function createPerson(): Promise<Person> {
  const email = `${newId()}@example.com`;
  return { ...(await signUp(email)), email };
}

/** A new organisation of a person, a new one unless given; their browser works in it. */
export async function createOwner(name: string, person?: Person): Promise<Person & { tenantId: string }> {
  const owner = person ?? (await createPerson());
  const { id } = JoinedOrganisation.parse(await (await as(owner, createOrganisation, "/api/organisations", { json: { name } })).json());
  return { ...owner, tenantId: id };
}

/** The secret of a new invitation. */
export async function createInvitation(owner: Person, role: "owner" | "member" = "member"): Promise<{ id: string; token: string }> {
  const made = NewInvitation.parse(await (await as(owner, invite, "/api/organisation/invitations", { json: { role } })).json());
  return { id: made.invitation.id, token: new URL(made.link).hash.slice(1) };
}

/** A person who has joined the owner's organisation by invitation. */
export async function createFellow(owner: Person, role: "owner" | "member" = "member"): Promise<Person> {
  const [person, { token }] = [await createPerson(), await createInvitation(owner, role)];
  await as(person, accept, "/api/invitations/accept", { json: { token } });
  return person;
}

/** A key made by the owner; answers its id and the headers of a program that shows it. */
export async function createOrganisationKey(owner: Person, name = "Test"): Promise<{ id: string; key: string; headers: Record<string, string> }> {
  const { apiKey, key } = NewKey.parse(await (await as(owner, createKey, "/api/organisation/keys", { json: { name, scopes: ["ask"] } })).json());
  return { id: apiKey.id, key, headers: { authorization: `Bearer ${key}` } };
}

/** A key with scopes that the interface doesn't offer. */
export async function insertKey(tenantId: string, scopes: string[]): Promise<{ id: string; headers: Record<string, string> }> {
  const [id, { key, prefix, hash }] = [newId(), makeApiKey()];
  await inspect("insert into app.api_keys (id, tenant_id, name, prefix, key_hash, scopes, created_by) values ($1, $2, 'Inserted', $3, $4, $5, $1)", [id, tenantId, prefix, hash, scopes]);
  return { id, headers: { authorization: `Bearer ${key}` } };
}

/** Actions in the organisation's part of the audit log, oldest first. */
export async function actionsOf(tenantId: string): Promise<string[]> {
  return (await inspect<{ action: string }>("select action from app.audit_log where tenant_id = $1 order by id", [tenantId])).map(({ action }) => action);
}

/** A call of a model in the organisation's books, what was said of it, a budget, and a call that runs. */
export async function addModelCall(tenantId: string): Promise<void> {
  const id = newId();
  await inspect("select app.ensure_call_month(now())");
  await inspect(
    "insert into app.llm_call_log (id, tenant_id, principal_kind, source, endpoint, outcome, duration_ms) values ($1, $2, 'member', 'gateway', 'ask', 'ok', 5)",
    [id, tenantId],
  );
  await inspect("insert into app.llm_feedback (call_id, tenant_id, principal_kind, helpful) values ($1, $2, 'member', true)", [id, tenantId]);
  await inspect("insert into app.llm_budgets (tenant_id, period, limit_usd) values ($1, 'day', 1)", [tenantId]);
  await inspect(
    `insert into app.llm_reservations (call_id, tenant_id, principal_kind, endpoint, provider, model, most_usd, budget_ids, expires_at)
     values ($1, $2, 'member', 'ask', 'openai', 'gpt-4.1-mini', 0, '{}', now() + interval '1 minute')`,
    [newId(), tenantId],
  );
}

import { AppError } from "#lib/errors.ts";
import { tenantOf, type ApiKey, type Member, type User } from "#platform/auth/principal.ts";
import { clearedCookies, organisationCookie, organisationCookieName } from "#platform/auth/session-cookie.ts";
import { audit } from "#platform/db/audit.ts";
import { db } from "#platform/db/unit-of-work.ts";
import * as queries from "./organisation-queries.ts";
import type { Organisation, JoinedOrganisation } from "./organisation-schema.ts";

type SetCookie = (cookie: string) => void;

/** app.create_organisation keeps to the same. */
export const organisationsAtMost = 50;

/** Makes an organisation whose owner the user is, and the one they work in. Throws CONFLICT beyond 50. */
export async function createOrganisation({ userId }: User | Member, name: string, setCookie: SetCookie): Promise<JoinedOrganisation> {
  const id = await db.as({ kind: "user", userId }, async (tx) => {
    const made = await queries.createOrganisation(tx, name);
    if (made === null) throw tooManyOrganisations();
    await queries.enterOrganisation(tx, made);
    await audit(tx, "organisation.created", made, { after: { name } });
    return made;
  });
  setCookie(organisationCookie(id));
  return { id, name, role: "owner", active: true };
}

/** The organisations the user belongs to, by name. */
export async function listJoinedOrganisations(principal: User | Member): Promise<JoinedOrganisation[]> {
  const active = tenantOf(principal);
  const own = await db.as(principal, (tx) => queries.listJoinedOrganisations(tx, principal.userId));
  return own.map((organisation) => ({ ...organisation, active: organisation.id === active }));
}

/** Makes one of the user's organisations the one they work in. Throws NOT_FOUND for any other. */
export async function chooseOrganisation(principal: User | Member, id: string, setCookie: SetCookie): Promise<void> {
  const own = await listJoinedOrganisations(principal);
  if (!own.some((organisation) => organisation.id === id)) throw noSuchOrganisation();
  setCookie(organisationCookie(id));
}

/** The organisation the member works in. */
export async function getActiveOrganisation(principal: Member | ApiKey): Promise<Organisation> {
  const { tenantId, role } = asMember(principal);
  const found = await db.as(principal, (tx) => queries.findOrganisation(tx, tenantId));
  if (!found) throw noSuchOrganisation();
  return { ...found, role, counts: { ...found.counts, invitations: role === "owner" ? found.counts.invitations : null } };
}

/** Its name alone. */
export async function findOrganisationName(principal: Member): Promise<string | null> {
  return db.as(principal, (tx) => queries.findName(tx, principal.tenantId));
}

/** Gives the organisation another name. */
export async function renameOrganisation(principal: Member, name: string): Promise<Organisation> {
  await db.as(principal, async (tx) => {
    const before = await queries.renameOrganisation(tx, principal.tenantId, name);
    if (before === null) throw noSuchOrganisation();
    if (before !== name) await audit(tx, "organisation.renamed", principal.tenantId, { before: { name: before }, after: { name } });
  });
  return getActiveOrganisation(principal);
}

/**
 * Deletes the organisation and everything that is its own: documents, answers, memberships, invitations, keys. What was
 * noted about it in the audit log stays. Throws INVALID_REQUEST unless `typed` is its name.
 */
export async function deleteOrganisation(principal: Member, typed: string, setCookie: SetCookie): Promise<void> {
  await db.as(principal, async (tx) => {
    const name = await queries.findName(tx, principal.tenantId);
    if (name === null) throw noSuchOrganisation();
    if (typed !== name) {
      const message = `Type the organisation’s name as it stands: ${name}`;
      throw new AppError("INVALID_REQUEST", { detail: "The name doesn’t match; nothing was deleted.", errors: [{ path: "name", message }] });
    }
    await audit(tx, "organisation.deleted", principal.tenantId, { before: { name } });
    if (!(await queries.deleteOrganisation(tx, principal.tenantId))) throw noSuchOrganisation();
  });
  forgetOrganisation(setCookie);
}

/** Takes away from the browser which organisation its user works in. */
export function forgetOrganisation(setCookie: SetCookie): void {
  for (const cookie of clearedCookies([organisationCookieName])) setCookie(cookie);
}

/** The member that a route without a scope is entered by. */
export function asMember(principal: Member | ApiKey): Member {
  if (principal.kind === "member") return principal;
  throw new AppError("TENANT_FORBIDDEN", { detail: "API keys can't do this. Sign in instead." });
}

export function tooManyOrganisations(): AppError {
  return new AppError("CONFLICT", { detail: `You belong to ${organisationsAtMost} organisations, which is the most. Leave one first.` });
}

function noSuchOrganisation(): AppError {
  return new AppError("NOT_FOUND", { detail: "This organisation doesn’t exist, or you don’t belong to it." });
}

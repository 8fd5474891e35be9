import { pageOf } from "#lib/cursor.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { makeApiKey } from "#platform/auth/api-key.ts";
import type { ApiKey, Member } from "#platform/auth/principal.ts";
import { audit } from "#platform/db/audit.ts";
import { db } from "#platform/db/unit-of-work.ts";
import * as queries from "./api-key-queries.ts";
import type { KeyRequest, NewKey, OrganisationKey } from "./api-key-schema.ts";
import type { PageQuery } from "./organisation-schema.ts";
import { asMember } from "./organisations.ts";

const activeAtMost = 50;

/** A page of the organisation's keys, newest first, revoked ones included. */
export async function listKeys(principal: Member | ApiKey, { cursor, limit }: PageQuery): Promise<{ keys: OrganisationKey[]; nextCursor: string | null }> {
  const { tenantId } = asMember(principal);
  const [before = null] = cursor ?? [];
  const rows = await db.as(principal, (tx) => queries.listKeys(tx, tenantId, before, limit + 1));
  const { items, nextCursor } = pageOf(rows, limit, ({ id }) => [id]);
  return { keys: items, nextCursor };
}

/** Makes a key, which is seen in this answer and never again. Throws CONFLICT beyond 50 keys. */
export async function createKey(principal: Member, { name, scopes }: KeyRequest): Promise<NewKey> {
  const { tenantId, userId } = principal;
  const [id, { key, prefix, hash }] = [newId(), makeApiKey()];
  const apiKey = await db.as(principal, async (tx) => {
    if ((await queries.countKeys(tx, tenantId)) >= activeAtMost) {
      throw new AppError("CONFLICT", { detail: `There are ${activeAtMost} API keys, which is the most. Revoke one that isn’t used.` });
    }
    await queries.insertKey(tx, { id, tenantId, name, prefix, hash, scopes, createdBy: userId });
    await audit(tx, "api_key.created", id, { after: { name, prefix, scopes } });
    const made = await queries.findKey(tx, tenantId, id);
    if (!made) throw new Error("A key that was just made isn't there");
    return made;
  });
  return { apiKey, key };
}

/** Ends a key: requests that show it are refused from now on. Throws NOT_FOUND, and CONFLICT for one that is revoked. */
export async function revokeKey(principal: Member, id: string): Promise<void> {
  await db.as(principal, async (tx) => {
    const found = await queries.findKey(tx, principal.tenantId, id);
    if (!found) throw new AppError("NOT_FOUND", { detail: "Your organisation has no such API key." });
    if (!(await queries.revokeKey(tx, principal.tenantId, id))) throw new AppError("CONFLICT", { detail: "This key was revoked already. Reload the list." });
    await audit(tx, "api_key.revoked", id, { before: { name: found.name, prefix: found.prefix } });
  });
}

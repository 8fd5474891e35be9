import { pageOf } from "#lib/cursor.ts";
import { AppError } from "#lib/errors.ts";
import type { ApiKey, Member, MemberRole } from "#platform/auth/principal.ts";
import { audit } from "#platform/db/audit.ts";
import { errorCodeOf } from "#platform/db/errors.ts";
import { db } from "#platform/db/unit-of-work.ts";
import * as queries from "./member-queries.ts";
import type { MemberQuery, OrganisationMember } from "./organisation-schema.ts";
import { asMember, forgetOrganisation } from "./organisations.ts";

/** What the database says when a change would leave an organisation without an owner. */
const noOwnerLeft = "TL001";

/** A page of the organisation's members, in the order in which they joined. */
export async function listMembers(principal: Member | ApiKey, { cursor, limit }: MemberQuery): Promise<{ members: OrganisationMember[]; nextCursor: string | null }> {
  const { tenantId, userId } = asMember(principal);
  const rows = await db.as(principal, (tx) => queries.listMembers(tx, tenantId, cursor ?? null, limit + 1));
  const { items, nextCursor } = pageOf(rows, limit, (row) => [row.key, row.userId]);
  return { members: items.map(({ key: _key, ...member }) => ({ ...member, you: member.userId === userId })), nextCursor };
}

/** Makes a member an owner, or an owner a member. Throws NOT_FOUND, and CONFLICT when no owner would be left. */
export async function changeMemberRole(principal: Member, userId: string, role: MemberRole): Promise<OrganisationMember> {
  const { tenantId } = principal;
  return keepingAnOwner(() =>
    db.as(principal, async (tx) => {
      const found = await queries.findMember(tx, tenantId, userId);
      if (!found) throw noSuchMember();
      if (found.role !== role) {
        if (!(await queries.changeRole(tx, tenantId, userId, role))) throw notAnOwner();
        await audit(tx, "member.role_changed", userId, { before: { role: found.role }, after: { role } });
      }
      return { ...found, role, you: userId === principal.userId };
    }),
  );
}

/**
 * Takes somebody out of the organisation: owners anybody, members themselves. Throws NOT_FOUND, TENANT_FORBIDDEN for a
 * member who names somebody else, and CONFLICT when no owner would be left.
 */
export async function removeMember(principal: Member | ApiKey, userId: string, setCookie: (cookie: string) => void): Promise<void> {
  const member = asMember(principal);
  const leaves = userId === member.userId;
  if (!leaves && member.role !== "owner") {
    throw new AppError("TENANT_FORBIDDEN", { detail: "Only owners can remove somebody else. Ask one of them." });
  }
  await keepingAnOwner(() =>
    db.as(member, async (tx) => {
      const found = await queries.findMember(tx, member.tenantId, userId);
      if (!found) throw noSuchMember();
      if (!(await queries.removeMember(tx, member.tenantId, userId))) throw notAnOwner();
      await audit(tx, leaves ? "member.left" : "member.removed", userId, { before: { role: found.role } });
    }),
  );
  if (leaves) forgetOrganisation(setCookie);
}

async function keepingAnOwner<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (errorCodeOf(error) !== noOwnerLeft) throw error;
    throw new AppError("CONFLICT", { detail: "An organisation needs an owner. Make somebody else an owner first, or delete the organisation." });
  }
}

/** Somebody else changed that since the request began. */
function notAnOwner(): AppError {
  return new AppError("TENANT_FORBIDDEN", { detail: "You aren’t an owner of the organisation any more. Reload the page." });
}

function noSuchMember(): AppError {
  return new AppError("NOT_FOUND", { detail: "Nobody with this id belongs to your organisation." });
}

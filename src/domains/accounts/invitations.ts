import { createHash, randomBytes } from "node:crypto";
import { pageOf } from "#lib/cursor.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import type { Member, Principal, User } from "#platform/auth/principal.ts";
import { organisationCookie } from "#platform/auth/session-cookie.ts";
import { appOrigin } from "#platform/config/origin.ts";
import { audit } from "#platform/db/audit.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { postMail } from "#platform/mail/mail.ts";
import { takeFrom } from "#platform/security/limits.ts";
import type { FoundInvitation, Invitation, InvitationRequest, InvitationState, NewInvitation } from "./invitation-schema.ts";
import * as queries from "./invitation-queries.ts";
import { findMember } from "./member-queries.ts";
import { enterOrganisation, findName, holdMemberships } from "./organisation-queries.ts";
import type { JoinedOrganisation, PageQuery } from "./organisation-schema.ts";
import { organisationsAtMost, tooManyOrganisations } from "./organisations.ts";

/** How long a link can be used. */
export const invitationDays = 7;
const openAtMost = 100;

const closed: Record<Exclude<InvitationState, "open">, string> = {
  accepted: "This invitation was used already; each link admits one person. Ask for a new one.",
  expired: "This invitation has expired. Ask for a new one.",
  revoked: "This invitation was revoked. Ask an owner of the organisation whether you are still expected.",
};

/** A page of the organisation's invitations, newest first, whatever became of them. */
export async function listInvitations(principal: Member, { cursor, limit }: PageQuery): Promise<{ invitations: Invitation[]; nextCursor: string | null }> {
  const [before = null] = cursor ?? [];
  const rows = await db.as(principal, (tx) => queries.listInvitations(tx, principal.tenantId, before, limit + 1));
  const { items, nextCursor } = pageOf(rows, limit, ({ id }) => [id]);
  return { invitations: items, nextCursor };
}

/**
 * Makes a link that admits one person, and mails it where an address is given. The link is the one place where its secret
 * (256 random bits) is ever seen: it stands in the fragment, which browsers send to nobody, and opens no session; whoever
 * opens it signs in as themselves first. Throws RATE_LIMITED for too much mail, CONFLICT beyond 100 open invitations.
 */
export async function inviteMember(principal: Member, { role, email }: InvitationRequest): Promise<NewInvitation> {
  const { tenantId, userId } = principal;
  if (email !== undefined) {
    await takeFrom("mail", `user ${userId}`);
    await takeFrom("mail-recipient", email.toLowerCase());
  }
  const [id, token] = [newId(), randomBytes(32).toString("base64url")];
  const link = `${appOrigin()}/invite#${token}`;
  const invitation = await db.as(principal, async (tx) => {
    if ((await queries.countOpenInvitations(tx, tenantId)) >= openAtMost) {
      throw new AppError("CONFLICT", { detail: `There are ${openAtMost} open invitations, which is the most. Revoke some first.` });
    }
    await queries.insertInvitation(tx, { id, tenantId, tokenHash: hashOf(token), role, email: email ?? null, createdBy: userId, days: invitationDays });
    await audit(tx, "invitation.created", id, { after: { role } });
    if (email !== undefined) await postMail(tx, invitationMail(email, link, await findName(tx, tenantId), await queries.findKnownAs(tx, userId)));
    const made = await queries.findOwnInvitation(tx, tenantId, id);
    if (!made) throw new Error("An invitation that was just made isn't there");
    return made;
  });
  return { invitation, link };
}

function invitationMail(recipient: string, link: string, organisation: string | null, inviter: string | null) {
  const name = organisation ?? "an organisation";
  const body = [
    `${inviter ?? "Somebody"} invites you to join “${name}” on Tieline.`,
    link,
    `The link admits one person, within ${invitationDays} days. If you didn’t expect it, ignore this mail; nothing happens.`,
  ];
  return { kind: "invitation", recipient, subject: `Join “${name}” on Tieline`, body: body.join("\n\n") };
}

/** Makes an open or expired invitation useless. Throws NOT_FOUND, and CONFLICT for one that was used or revoked. */
export async function revokeInvitation(principal: Member, id: string): Promise<void> {
  await db.as(principal, async (tx) => {
    const found = await queries.findOwnInvitation(tx, principal.tenantId, id);
    if (!found) throw new AppError("NOT_FOUND", { detail: "Your organisation has no such invitation." });
    if (!(await queries.revokeInvitation(tx, principal.tenantId, id))) {
      const became = found.state === "revoked" ? "revoked" : "used";
      throw new AppError("CONFLICT", { detail: `This invitation was ${became} already. Reload the list.` });
    }
    await audit(tx, "invitation.revoked", id, { before: { role: found.role } });
  });
}

/** What a link leads to. Throws NOT_FOUND for one that leads nowhere. */
export async function findInvitation(principal: Principal, token: string): Promise<FoundInvitation> {
  return db.as(withoutOrganisation(principal), async (tx) => {
    const found = await queries.findInvitation(tx, hashOf(token));
    if (!found) throw noSuchInvitation();
    const { tenantId, ...shown } = found;
    return { ...shown, member: "userId" in principal && (await findMember(tx, tenantId, principal.userId)) !== null };
  });
}

/**
 * Makes the user a member of the organisation, and that the one they work in; nothing is used up by somebody who is one
 * already. Throws NOT_FOUND, and CONFLICT for a link that was used, has expired or was revoked, and beyond 50 organisations.
 */
export async function acceptInvitation({ userId }: User | Member, token: string, setCookie: (cookie: string) => void): Promise<JoinedOrganisation> {
  const tokenHash = hashOf(token);
  const joined = await db.as({ kind: "user", userId }, async (tx) => {
    const held = await holdMemberships(tx, userId);
    const found = await queries.findInvitation(tx, tokenHash);
    if (!found) throw noSuchInvitation();
    const { tenantId, organisation: name, role } = found;
    const before = await findMember(tx, tenantId, userId);
    if (!before && held >= organisationsAtMost) throw tooManyOrganisations();
    if (!(await queries.acceptInvitation(tx, tokenHash))) {
      // Somebody else may have been quicker since it was found.
      const { state } = (await queries.findInvitation(tx, tokenHash)) ?? found;
      throw new AppError("CONFLICT", { detail: closed[state === "open" ? "accepted" : state] });
    }
    await enterOrganisation(tx, tenantId);
    if (!before) await audit(tx, "invitation.accepted", userId, { after: { role } });
    return { id: tenantId, name, role: before?.role ?? role };
  });
  setCookie(organisationCookie(joined.id));
  return { ...joined, active: true };
}

/** A link is looked up for whoever holds it, whichever organisation they work in. */
function withoutOrganisation(principal: Principal): Principal {
  return principal.kind === "member" ? { kind: "user", userId: principal.userId } : principal;
}

/** SHA-256: a random secret needs no slow hash. */
function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

function noSuchInvitation(): AppError {
  return new AppError("NOT_FOUND", { detail: "This invitation doesn’t exist. Check that the link is complete, or ask for a new one." });
}

import { z } from "zod";
import { MemberRole } from "./organisation-schema.ts";

export const InvitationState = z.enum(["open", "accepted", "expired", "revoked"]);
export type InvitationState = z.infer<typeof InvitationState>;

export const Invitation = z.object({
  id: z.uuid(),
  role: MemberRole,
  /** Whom it was made for, as a note: whoever has the link may use it, once. */
  email: z.string().nullable(),
  state: InvitationState,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Invitation = z.infer<typeof Invitation>;
export const InvitationPage = z.object({ invitations: z.array(Invitation), nextCursor: z.string().nullable() });

export const InvitationRequest = z.strictObject({
  role: MemberRole,
  /** The link is also mailed to this address. */
  email: z.email("Write an e-mail address, such as name@example.com.").max(320).optional(),
});
export type InvitationRequest = z.infer<typeof InvitationRequest>;

export const NewInvitation = z.object({
  invitation: Invitation,
  /** Shown this once: its fragment is the secret, of which the hash alone is stored. It opens no session. */
  link: z.url(),
});
export type NewInvitation = z.infer<typeof NewInvitation>;

/** The secret of a link. */
export const InvitationSecret = z.strictObject({ token: z.string().min(1).max(200) });

export const FoundInvitation = z.object({
  organisation: z.string(),
  role: MemberRole,
  state: InvitationState,
  expiresAt: z.iso.datetime(),
  /** Whether the caller belongs to the organisation already. */
  member: z.boolean(),
});
export type FoundInvitation = z.infer<typeof FoundInvitation>;

import { FoundInvitation, InvitationSecret } from "#domains/accounts/index.ts";
import { findInvitation } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "See where an invitation leads",
  description: "`token` is what stands behind # in the link. It is sent in the body so that no log holds it.",
  auth: "anyone",
  limit: "default",
  body: InvitationSecret,
  result: FoundInvitation,
  errors: ["NOT_FOUND"],
  handle: ({ principal, body }) => findInvitation(principal, body.token),
});

import { InvitationSecret, JoinedOrganisation } from "#domains/accounts/index.ts";
import { acceptInvitation } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Accept an invitation and work in its organisation",
  auth: "user",
  limit: "default",
  body: InvitationSecret,
  result: JoinedOrganisation,
  errors: ["NOT_FOUND", "CONFLICT"],
  handle: ({ principal, body, setCookie }) => acceptInvitation(principal, body.token, setCookie),
});

import { InvitationPage, InvitationRequest, NewInvitation, PageQuery } from "#domains/accounts/index.ts";
import { inviteMember, listInvitations } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List the organisation's invitations, newest first",
  auth: "owner",
  limit: "default",
  query: PageQuery,
  result: InvitationPage,
  handle: ({ principal, query }) => listInvitations(principal, query),
});

export const POST = route({
  summary: "Invite somebody by a link",
  description: "The link is answered once. It admits one person within seven days; with `email` it is mailed as well.",
  auth: "owner",
  limit: "default",
  body: InvitationRequest,
  result: NewInvitation,
  status: 201,
  errors: ["CONFLICT"],
  handle: ({ principal, body }) => inviteMember(principal, body),
});

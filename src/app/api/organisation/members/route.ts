import { MemberPage, MemberQuery } from "#domains/accounts/index.ts";
import { listMembers } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List the organisation's members, in the order in which they joined",
  auth: "member",
  limit: "default",
  query: MemberQuery,
  result: MemberPage,
  handle: ({ principal, query }) => listMembers(principal, query),
});

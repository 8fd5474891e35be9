import { ActivityPage, ActivityQuery } from "#domains/accounts/index.ts";
import { listActivity } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List what was done in the organisation, newest first",
  auth: "owner",
  limit: "default",
  query: ActivityQuery,
  result: ActivityPage,
  handle: ({ principal, query }) => listActivity(principal, query),
});

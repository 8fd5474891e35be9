import { PeopleQuery, UserPage } from "#domains/accounts/index.ts";
import { listUsers } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List users",
  auth: "adminViewer",
  limit: "default",
  query: PeopleQuery,
  result: UserPage,
  handle: ({ principal, query }) => listUsers(principal, query),
});

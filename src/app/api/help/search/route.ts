import { HelpSearchQuery, HelpSearchResult } from "#domains/help/index.ts";
import { searchHelp } from "#domains/help/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Search the help content",
  auth: "anyone",
  limit: "default",
  query: HelpSearchQuery,
  result: HelpSearchResult,
  handle: ({ query }) => searchHelp(query),
});

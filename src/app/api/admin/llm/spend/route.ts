import { Spend, SpendQuery } from "#domains/llm/index.ts";
import { readModelSpend } from "#domains/llm/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "What model calls cost, by day, endpoint, model and organisation",
  auth: "adminViewer",
  limit: "default",
  query: SpendQuery,
  result: Spend,
  handle: ({ principal, query }) => readModelSpend(principal, query),
});

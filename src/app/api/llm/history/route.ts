import { CallHistory, CallHistoryQuery } from "#domains/llm/index.ts";
import { listOwnCalls } from "#domains/llm/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Your own model calls, newest first",
  auth: "user",
  limit: "default",
  query: CallHistoryQuery,
  result: CallHistory,
  handle: ({ principal, query }) => listOwnCalls(principal, query),
});

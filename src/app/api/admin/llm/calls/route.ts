import { AdminCallList, CallListQuery } from "#domains/llm/index.ts";
import { listModelCalls } from "#domains/llm/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Model calls of everybody, the newest first",
  auth: "adminViewer",
  limit: "default",
  query: CallListQuery,
  result: AdminCallList,
  handle: ({ principal, query }) => listModelCalls(principal, query),
});

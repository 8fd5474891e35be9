import { CallFilters } from "#domains/llm/index.ts";
import { exportModelCalls } from "#domains/llm/server.ts";
import { download, route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Download model calls as CSV",
  auth: "adminViewer",
  limit: "default",
  query: CallFilters,
  result: download("text/csv; charset=utf-8", "tieline-model-calls.csv"),
  handle: ({ principal, query }) => exportModelCalls(principal, query),
});

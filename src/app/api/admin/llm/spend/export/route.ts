import { SpendQuery } from "#domains/llm/index.ts";
import { exportModelSpend } from "#domains/llm/server.ts";
import { download, route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Download what model calls cost by UTC day as CSV",
  auth: "adminViewer",
  limit: "default",
  query: SpendQuery,
  result: download("text/csv; charset=utf-8", "tieline-model-spend.csv"),
  handle: ({ principal, query }) => exportModelSpend(principal, query),
});

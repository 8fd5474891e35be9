import { z } from "zod";
import { StreamHistory, StreamHistoryQuery } from "#domains/grid/index.ts";
import { readHistory } from "#domains/grid/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Read a stream's past, the newest first",
  auth: "anyone",
  limit: "default",
  params: z.object({ key: z.string() }),
  query: StreamHistoryQuery,
  errors: ["NOT_FOUND"],
  result: StreamHistory,
  handle: ({ principal, params, query }) => readHistory(principal, params.key, query),
});

import { GridSources } from "#domains/grid/index.ts";
import { gridStatusVersion, listSources } from "#domains/grid/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List every source of grid data, with how reading it goes",
  description:
    "What each source publishes and how its times, units and signs are to be read; whether it is on, when it was read last, how each of the last 24 hours went, and why the last run failed.",
  auth: "anyone",
  limit: "default",
  result: GridSources,
  etag: () => gridStatusVersion(),
  handle: ({ principal }) => listSources(principal),
});

import { StabilityAnswer, StabilityQuery } from "#domains/grid/index.ts";
import { cacheSecondsOf, findStability, jsonOf, stabilityVersion, writeStability } from "#domains/grid/server.ts";
import { byFormat, route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Read how strained a region's grid was: margins, forecast error, ramps, shares, as JSON or CSV",
  description: "Each metric is computed from what is published, with its formula and unit; null, or with a reason in `unknown`, where it can't be known.",
  auth: "anyone",
  limit: "grid",
  query: StabilityQuery,
  result: byFormat(StabilityAnswer, { csv: { contentType: "text/csv; charset=utf-8", filename: ({ region }) => `tieline-${String(region)}-stability.csv` } }),
  write: jsonOf,
  etag: ({ principal, query }) => stabilityVersion(principal, query),
  kept: true,
  cacheSeconds: ({ query }) => cacheSecondsOf(query),
  handle: ({ principal, query }) => (query.format === "csv" ? writeStability(principal, query) : findStability(principal, query)),
});

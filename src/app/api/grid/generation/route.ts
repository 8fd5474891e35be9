import { GenerationQuery, SeriesAnswer } from "#domains/grid/index.ts";
import { cacheSecondsOf, findGeneration, generationVersion, jsonOf, writeGeneration } from "#domains/grid/server.ts";
import { byFormat, route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Read what a region generates by fuel, with imports and exports, as JSON or CSV",
  description:
    "Mean powers of each interval in MW, energies included. Imports, and what storage gives, are above zero; exports, and what storage takes, below.",
  auth: "anyone",
  limit: "grid",
  query: GenerationQuery,
  result: byFormat(SeriesAnswer, {
    csv: { contentType: "text/csv; charset=utf-8", filename: ({ region }) => `tieline-${String(region)}-generation-by-fuel.csv` },
  }),
  write: jsonOf,
  etag: ({ principal, query }) => generationVersion(principal, query),
  kept: true,
  cacheSeconds: ({ query }) => cacheSecondsOf(query),
  handle: ({ principal, query }) => (query.format === "csv" ? writeGeneration(principal, query) : findGeneration(principal, query)),
});

import { SeriesAnswer, SeriesQuery } from "#domains/grid/index.ts";
import { cacheSecondsOf, findSeries, jsonOf, seriesVersion, writeSeries } from "#domains/grid/server.ts";
import { byFormat, route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Read a metric of a region over time, as JSON or CSV",
  description:
    "Each interval is the most preferred source's that has it; lines of several sources stay apart. Powers and prices are means weighted by time, energies and precipitation sums. An interval that isn't covered whole is `estimated`.",
  auth: "anyone",
  limit: "grid",
  query: SeriesQuery,
  result: byFormat(SeriesAnswer, {
    csv: { contentType: "text/csv; charset=utf-8", filename: ({ region, metric }) => `tieline-${String(region)}-${String(metric)}.csv` },
  }),
  write: jsonOf,
  etag: ({ principal, query }) => seriesVersion(principal, query, [query]),
  kept: true,
  cacheSeconds: ({ query }) => cacheSecondsOf(query),
  handle: ({ principal, query }) => (query.format === "csv" ? writeSeries(principal, query) : findSeries(principal, query)),
});

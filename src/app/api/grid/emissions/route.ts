import { EmissionsAnswer, EmissionsQuery } from "#domains/grid/index.ts";
import { cacheSecondsOf, emissionsVersion, findEmissions, jsonOf, writeEmissions } from "#domains/grid/server.ts";
import { byFormat, route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Estimate the emissions of what a region generates or uses, as JSON or CSV",
  description:
    "Intensity in gCO2e/kWh and emissions in tonnes an hour, from generation by fuel and a factor for each: of the whole life cycle or of burning alone. "
    + "Every factor comes with who says so, and what isn't in the numbers is stated in `limits`.",
  auth: "anyone",
  limit: "grid",
  query: EmissionsQuery,
  result: byFormat(EmissionsAnswer, { csv: { contentType: "text/csv; charset=utf-8", filename: ({ region }) => `tieline-${String(region)}-emissions.csv` } }),
  write: jsonOf,
  etag: ({ principal, query }) => emissionsVersion(principal, query),
  kept: true,
  cacheSeconds: ({ query }) => cacheSecondsOf(query),
  handle: ({ principal, query }) => (query.format === "csv" ? writeEmissions(principal, query) : findEmissions(principal, query)),
});

import { IncidentPage, IncidentQuery } from "#domains/resilience/index.ts";
import { listIncidents, resilienceVersion, writeIncidents } from "#domains/resilience/server.ts";
import { byFormat, route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List documented incidents of the grid, the newest first, as JSON or CSV",
  description: "Cyber and physical attacks, natural hazards and failures of operation, each with its public sources. A country as `region` takes in its provinces.",
  auth: "anyone",
  limit: "default",
  query: IncidentQuery,
  result: byFormat(IncidentPage, { csv: { contentType: "text/csv; charset=utf-8", filename: () => "tieline-incidents.csv" } }),
  etag: ({ request }) => resilienceVersion(request),
  handle: ({ query }) => (query.format === "csv" ? writeIncidents(query) : listIncidents(query)),
});

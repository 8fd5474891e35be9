import { IncidentPage, IncidentQuery } from "#domains/resilience/index.ts";
import { listIncidents, resilienceVersion } from "#domains/resilience/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List documented incidents of the grid, the newest first",
  description: "Cyber and physical attacks, natural hazards and failures of operation, each with its public sources. A country as `region` takes in its provinces.",
  auth: "anyone",
  limit: "default",
  query: IncidentQuery,
  result: IncidentPage,
  etag: ({ request }) => resilienceVersion(request),
  handle: ({ query }) => listIncidents(query),
});

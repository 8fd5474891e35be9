import { ThreatModelPage, ThreatModelQuery } from "#domains/resilience/index.ts";
import { listThreatModels, resilienceVersion, writeThreatModels } from "#domains/resilience/server.ts";
import { byFormat, route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List techniques against control systems of the grid, as JSON or CSV",
  description: "In terms of MITRE ATT&CK for ICS, with what each means for a grid, the strategies against it and the incidents it was seen in.",
  auth: "anyone",
  limit: "default",
  query: ThreatModelQuery,
  result: byFormat(ThreatModelPage, { csv: { contentType: "text/csv; charset=utf-8", filename: () => "tieline-threat-models.csv" } }),
  etag: ({ request }) => resilienceVersion(request),
  handle: ({ query }) => (query.format === "csv" ? writeThreatModels(query) : listThreatModels(query)),
});

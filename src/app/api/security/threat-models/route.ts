import { ThreatModelPage, ThreatModelQuery } from "#domains/resilience/index.ts";
import { listThreatModels, resilienceVersion } from "#domains/resilience/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List techniques against control systems of the grid",
  description: "In terms of MITRE ATT&CK for ICS, with what each means for a grid, the strategies against it and the incidents it was seen in.",
  auth: "anyone",
  limit: "default",
  query: ThreatModelQuery,
  result: ThreatModelPage,
  etag: ({ request }) => resilienceVersion(request),
  handle: ({ query }) => listThreatModels(query),
});

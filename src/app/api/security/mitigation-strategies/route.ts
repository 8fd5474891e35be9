import { MitigationPage, MitigationQuery } from "#domains/resilience/index.ts";
import { listMitigations, resilienceVersion, writeMitigations } from "#domains/resilience/server.ts";
import { byFormat, route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List strategies against those techniques, as JSON or CSV",
  description: "Mitigations of ATT&CK for ICS, and the NERC CIP standards with what their requirements are about.",
  auth: "anyone",
  limit: "default",
  query: MitigationQuery,
  result: byFormat(MitigationPage, { csv: { contentType: "text/csv; charset=utf-8", filename: () => "tieline-mitigation-strategies.csv" } }),
  etag: ({ request }) => resilienceVersion(request),
  handle: ({ query }) => (query.format === "csv" ? writeMitigations(query) : listMitigations(query)),
});

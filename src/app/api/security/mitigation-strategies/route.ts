import { MitigationPage, MitigationQuery } from "#domains/resilience/index.ts";
import { listMitigations, resilienceVersion } from "#domains/resilience/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List strategies against those techniques",
  description: "Mitigations of ATT&CK for ICS, and the NERC CIP standards with what their requirements are about.",
  auth: "anyone",
  limit: "default",
  query: MitigationQuery,
  result: MitigationPage,
  etag: ({ request }) => resilienceVersion(request),
  handle: ({ query }) => listMitigations(query),
});

import { ConsultationPage, ConsultationQuery } from "#domains/resilience/index.ts";
import { listConsultations, resilienceVersion } from "#domains/resilience/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List published consultations about the grid",
  description: "Whether each is upcoming, open or closed follows from its dates, in Eastern Standard Time.",
  auth: "anyone",
  limit: "default",
  query: ConsultationQuery,
  result: ConsultationPage,
  etag: ({ request }) => resilienceVersion(request),
  handle: ({ query }) => listConsultations(query),
});

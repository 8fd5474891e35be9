import { ConsultationPage, ConsultationQuery } from "#domains/resilience/index.ts";
import { listConsultations, resilienceVersion, writeConsultations } from "#domains/resilience/server.ts";
import { byFormat, route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List published consultations about the grid, as JSON or CSV",
  description: "Whether each is upcoming, open or closed follows from its dates, in Eastern Standard Time.",
  auth: "anyone",
  limit: "default",
  query: ConsultationQuery,
  result: byFormat(ConsultationPage, { csv: { contentType: "text/csv; charset=utf-8", filename: () => "tieline-consultations.csv" } }),
  etag: ({ request }) => resilienceVersion(request),
  handle: ({ query }) => (query.format === "csv" ? writeConsultations(query) : listConsultations(query)),
});

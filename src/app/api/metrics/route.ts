import { raw, route } from "#platform/http/route.ts";
import { metricsContentType, renderMetrics } from "#platform/observability/metrics.ts";

export const GET = route({
  summary: "Metrics in the Prometheus text format",
  auth: "metrics",
  limit: "none",
  result: raw(metricsContentType),
  handle: () => renderMetrics(),
});

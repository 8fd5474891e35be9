import { checkProviders } from "#domains/llm/server.ts";
import { raw, route } from "#platform/http/route.ts";
import { metricsContentType, renderMetrics } from "#platform/observability/metrics.ts";

export const GET = route({
  summary: "Metrics in the Prometheus text format",
  auth: "metrics",
  limit: "none",
  result: raw(metricsContentType),
  handle: async () => {
    // What the gauges of providers say is read now; without a database those of budgets say what was read last.
    await checkProviders().catch(() => undefined);
    return renderMetrics();
  },
});

import { ExplainChartRequest, ChartExplanation } from "#domains/insights/index.ts";
import { explainChart } from "#domains/insights/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Explain what a chart shows",
  description:
    "Computed facts of the selection: change, extremes and when, mean, ramps, what is missing, the same time before, peak and off-peak, correlation with temperature. Each says where its number can be looked up. Where a model is, it writes the statements from these facts; `mode` says whether it may or must.",
  auth: "anyone",
  limit: "llm",
  body: ExplainChartRequest,
  result: ChartExplanation,
  errors: ["NOT_FOUND", "SAFETY_BLOCKED", "CONSENT_REQUIRED", "BUDGET_EXCEEDED", "LLM_DISABLED", "UPSTREAM_UNAVAILABLE"],
  handle: ({ principal, address, signal, body }) => explainChart({ principal, address, signal }, body),
});

import { AnalyticsInsightRequest, AnalyticsInsight } from "#domains/insights/index.ts";
import { findInsights } from "#domains/insights/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Find what is out of the ordinary in a selection",
  description:
    "The facts of explain-chart, those that a named rule finds notable first. Where a model is, it writes the statements from these facts; `mode` says whether it may or must.",
  auth: "anyone",
  limit: "llm",
  body: AnalyticsInsightRequest,
  result: AnalyticsInsight,
  errors: ["NOT_FOUND", "SAFETY_BLOCKED", "CONSENT_REQUIRED", "BUDGET_EXCEEDED", "LLM_DISABLED", "UPSTREAM_UNAVAILABLE"],
  handle: ({ principal, address, signal, body }) => findInsights({ principal, address, signal }, body),
});

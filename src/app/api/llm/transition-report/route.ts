import { TransitionReportRequest, TransitionReport } from "#domains/insights/index.ts";
import { reportTransition } from "#domains/insights/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Report how generation and its emissions have changed",
  description:
    "Each fuel's share of generation and the emissions intensity, against the same dates a year before, or the range's first half where there is no comparable year. Where a model is, it writes the statements from these facts; `mode` says whether it may or must.",
  auth: "anyone",
  limit: "llm",
  body: TransitionReportRequest,
  result: TransitionReport,
  errors: ["NOT_FOUND", "SAFETY_BLOCKED", "CONSENT_REQUIRED", "BUDGET_EXCEEDED", "LLM_DISABLED", "UPSTREAM_UNAVAILABLE"],
  handle: ({ principal, address, signal, body }) => reportTransition({ principal, address, signal }, body),
});

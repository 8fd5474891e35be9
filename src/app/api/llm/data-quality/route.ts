import { DataQualityRequest, DataQuality } from "#domains/insights/index.ts";
import { checkQuality } from "#domains/insights/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Check the quality of values",
  description:
    "Gaps, flat lines, outliers, overlapping intervals, revisions and late arrivals, each with the rule that it is counted by. At most 31 days. Where a model is, it writes the statements from these facts; `mode` says whether it may or must.",
  auth: "anyone",
  limit: "llm",
  body: DataQualityRequest,
  result: DataQuality,
  errors: ["NOT_FOUND", "SAFETY_BLOCKED", "CONSENT_REQUIRED", "BUDGET_EXCEEDED", "LLM_DISABLED", "UPSTREAM_UNAVAILABLE"],
  handle: ({ principal, address, signal, body }) => checkQuality({ principal, address, signal }, body),
});

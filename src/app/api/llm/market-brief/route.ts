import { MarketBriefRequest, MarketBrief } from "#domains/insights/index.ts";
import { briefMarket } from "#domains/insights/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Brief on a market's prices",
  description:
    "Price levels, hours below zero, scatter, peak and off-peak, and the spread to the day-ahead price and the other market, by the hour. Where a model is, it writes the statements from these facts; `mode` says whether it may or must.",
  auth: "anyone",
  limit: "llm",
  body: MarketBriefRequest,
  result: MarketBrief,
  errors: ["NOT_FOUND", "SAFETY_BLOCKED", "CONSENT_REQUIRED", "BUDGET_EXCEEDED", "LLM_DISABLED", "UPSTREAM_UNAVAILABLE"],
  handle: ({ principal, address, signal, body }) => briefMarket({ principal, address, signal }, body),
});

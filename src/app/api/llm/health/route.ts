import { LlmHealth } from "#domains/llm/index.ts";
import { endpointsHealth } from "#domains/llm/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Say which task endpoints a model answers for the caller, and which answer with what is computed",
  auth: "anyone",
  limit: "default",
  result: LlmHealth,
  handle: ({ principal, address }) => endpointsHealth(principal, address),
});

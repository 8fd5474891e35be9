import { LlmQuota, QuotaChange, QuotaParams } from "#domains/llm/index.ts";
import { changeModelQuota } from "#domains/llm/server.ts";
import { route } from "#platform/http/route.ts";

export const PATCH = route({
  summary: "Set how many model calls each caller of a kind may make in a day",
  auth: "adminEditor",
  limit: "default",
  params: QuotaParams,
  body: QuotaChange,
  result: LlmQuota,
  errors: ["CONFLICT"],
  handle: ({ principal, params, body }) => changeModelQuota(principal, params.kind, body),
});

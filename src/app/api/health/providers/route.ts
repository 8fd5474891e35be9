import { ProvidersHealth } from "#domains/llm/index.ts";
import { checkProviders } from "#domains/llm/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Say how the configured providers of models are: circuits, free calls, rate limits as they told them, and budget",
  auth: "anyone",
  limit: "default",
  result: ProvidersHealth,
  handle: () => checkProviders(),
});

import type { Budget, LlmQuota } from "#domains/llm/index.ts";
import { providerWords } from "#app/admin/(console)/llm/call-words.ts";

/** Names a budget by what it bounds: "Everybody, at OpenAI, each month". */
export function budgetName({ organisation, provider, period }: Pick<Budget, "organisation" | "provider" | "period">): string {
  return [organisation?.name ?? "Everybody", ...(provider === null ? [] : [`at ${providerWords[provider] ?? provider}`]), `each ${period}`].join(", ");
}

export const quotaWords: Record<LlmQuota["kind"], string> = { anonymous: "Visitors, by address", user: "Users outside of organisations", member: "Members", key: "API keys" };

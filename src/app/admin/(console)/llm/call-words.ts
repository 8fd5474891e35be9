import type { callOutcomes } from "#domains/llm/index.ts";

type Outcome = (typeof callOutcomes)[number];

/** What became of a call, for people. */
export const outcomeWords: Record<Outcome, string> = {
  ok: "Answered",
  cached: "From the cache",
  failed: "Failed",
  aborted: "Aborted",
  blocked: "Blocked by the policy",
  consent_required: "Consent missing",
  limited: "Over the limit",
  over_budget: "Over budget",
  disabled: "Switched off",
};

export const callerWords: Record<string, string> = { anonymous: "a visitor", user: "a user", member: "a member", key: "an API key", admin: "an administrator", system: "the system" };

export const providerWords: Record<string, string> = { openai: "OpenAI", anthropic: "Anthropic", google: "Google" };

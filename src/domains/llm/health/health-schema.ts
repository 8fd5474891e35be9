import { z } from "zod";
import { llmEndpoints, providerNames } from "#domains/llm/schema.ts";

/** closed: asked; open: left alone for a while, since it failed too often in a row; half_open: one call tries it. */
export const CircuitState = z.enum(["closed", "half_open", "open"]);
export type CircuitState = z.infer<typeof CircuitState>;

/** What a provider's answers told last of one of its limits, until it begins anew. */
const RateLimit = z.object({ limit: z.number().int(), remaining: z.number().int(), resetsAt: z.iso.datetime() });
/** Null for what isn't known now: some providers tell nothing. */
export const RateLimits = z.object({ requests: RateLimit.nullable(), tokens: RateLimit.nullable() });
export type RateLimits = z.infer<typeof RateLimits>;

export const ProviderHealth = z.object({
  provider: z.enum(providerNames),
  models: z.array(z.object({ model: z.string(), circuit: CircuitState, /** Calls that this process could begin now. */ callsFree: z.number().int() })),
  /** Share of the installation's fullest budget for this provider that is spent or held, 1 for a full one; null where nothing limits it. */
  budget: z.object({ period: z.enum(["day", "month"]), ratio: z.number() }).nullable(),
  rateLimit: RateLimits,
});
export type ProviderHealth = z.infer<typeof ProviderHealth>;

/** Providers that are configured; none where answers are made without models. */
export const ProvidersHealth = z.object({ checkedAt: z.iso.datetime(), providers: z.array(ProviderHealth) });
export type ProvidersHealth = z.infer<typeof ProvidersHealth>;

/** What the task endpoints answer with now: a model's words, or computed ones. */
export const LlmHealth = z.object({
  endpoints: z.array(z.object({ endpoint: z.enum(llmEndpoints), mode: z.enum(["generated", "computed"]), model: z.string().nullable() })),
});
export type LlmHealth = z.infer<typeof LlmHealth>;

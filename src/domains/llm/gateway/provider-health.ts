import { system, type Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { listBudgetRatios, type BudgetRatio } from "#domains/llm/health/budget-ratio-queries.ts";
import type { CircuitState, LlmHealth, ProviderHealth, ProvidersHealth, RateLimits } from "#domains/llm/health/health-schema.ts";
import { stateOf } from "#domains/llm/providers/provider-policies.ts";
import { limitKinds, limitsOf } from "#domains/llm/providers/rate-limits.ts";
import { providerFor } from "#domains/llm/providers/provider.ts";
import { llmEndpoints, providerNames, type Provider, type ProviderName } from "#domains/llm/schema.ts";
import { writerFor } from "./require-model.ts";

const openShare: Record<CircuitState, number> = { closed: 0, half_open: 0.5, open: 1 };

/**
 * How the configured providers are: their models' circuits in this process, what they told it of their own limits, and the installation's
 * budgets. Sets the metrics of the same; those of the budgets alone need the database. Throws DATABASE_UNAVAILABLE.
 */
export async function checkProviders(): Promise<ProvidersHealth> {
  const models = new Map(llmEndpoints.flatMap(providerFor).map((provider) => [`${provider.name}/${provider.model}`, provider]));
  const providers = providerNames.map((name) => ({
    provider: name, models: [...models.values()].filter((provider) => provider.name === name).map(modelHealth), rateLimit: rateLimit(name),
  }));
  const ratios = await db.as(system("llm.health"), listBudgetRatios);
  const configured = providers.filter((provider) => provider.models.length > 0);
  return { checkedAt: new Date().toISOString(), providers: configured.map((provider) => ({ ...provider, budget: fullest(ratios, provider.provider) })) };
}

function modelHealth({ name, model }: Provider): ProviderHealth["models"][number] {
  const state = stateOf({ name, model });
  metrics().externalApiCircuit.set({ provider: name, model }, openShare[state.circuit]);
  return { model, ...state };
}

function rateLimit(provider: ProviderName): RateLimits {
  const limits = limitsOf(provider);
  const gauge = metrics().externalApiRateLimit;
  for (const kind of limitKinds) {
    const known = limits[kind];
    if (known) gauge.set({ provider, kind }, known.remaining);
    else gauge.remove({ provider, kind });
  }
  return limits;
}

function fullest(ratios: BudgetRatio[], provider: ProviderName): ProviderHealth["budget"] {
  const [most] = ratios.filter((each) => each.provider === null || each.provider === provider).sort((a, b) => b.ratio - a.ratio);
  if (!most) {
    metrics().externalApiBudget.remove({ provider });
    return null;
  }
  metrics().externalApiBudget.set({ provider }, most.ratio);
  return { period: most.period, ratio: most.ratio };
}

/** Which endpoints a model answers for this caller, and which answer with what is computed. */
export async function endpointsHealth(principal: Principal, address: string): Promise<LlmHealth> {
  const tasks = llmEndpoints.filter((endpoint) => endpoint !== "embed");
  const models = await Promise.all(tasks.map((endpoint) => writerFor(endpoint, principal, address)));
  return { endpoints: tasks.map((endpoint, place) => ({ endpoint, mode: models[place] == null ? "computed" : "generated", model: models[place] ?? null })) };
}

import { system, type Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { listBudgetRatios, type BudgetRatio } from "#domains/llm/health/budget-ratio-queries.ts";
import type { CircuitState, LlmHealth, ProviderHealth, ProvidersHealth } from "#domains/llm/health/health-schema.ts";
import { stateOf } from "#domains/llm/providers/provider-policies.ts";
import { providerFor } from "#domains/llm/providers/provider.ts";
import { llmEndpoints, providerNames, type Provider, type ProviderName } from "#domains/llm/schema.ts";
import { writerFor } from "./require-model.ts";

const openShare: Record<CircuitState, number> = { closed: 0, half_open: 0.5, open: 1 };

/** How the configured providers are: their models' circuits in this process, and the installation's budgets. Sets the metrics of the same. Throws DATABASE_UNAVAILABLE. */
export async function checkProviders(): Promise<ProvidersHealth> {
  const ratios = await db.as(system("llm.health"), listBudgetRatios);
  const models = new Map(llmEndpoints.flatMap(providerFor).map((provider) => [`${provider.name}/${provider.model}`, provider]));
  const providers = providerNames.flatMap((name): ProviderHealth[] => {
    const own = [...models.values()].filter((provider) => provider.name === name);
    return own.length === 0 ? [] : [{ provider: name, models: own.map(modelHealth), budget: fullest(ratios, name) }];
  });
  return { checkedAt: new Date().toISOString(), providers };
}

function modelHealth({ name, model }: Provider): ProviderHealth["models"][number] {
  const state = stateOf({ name, model });
  metrics().externalApiCircuit.set({ provider: name, model }, openShare[state.circuit]);
  return { model, ...state };
}

function fullest(ratios: BudgetRatio[], provider: ProviderName): ProviderHealth["budget"] {
  const [most] = ratios.filter((each) => each.provider === null || each.provider === provider).sort((a, b) => b.ratio - a.ratio);
  if (!most) return null;
  metrics().externalApiBudget.set({ provider }, most.ratio);
  return { period: most.period, ratio: most.ratio };
}

/** Which endpoints a model answers for this caller, and which answer with what is computed. */
export async function endpointsHealth(principal: Principal, address: string): Promise<LlmHealth> {
  const tasks = llmEndpoints.filter((endpoint) => endpoint !== "embed");
  const models = await Promise.all(tasks.map((endpoint) => writerFor(endpoint, principal, address)));
  return { endpoints: tasks.map((endpoint, place) => ({ endpoint, mode: models[place] == null ? "computed" : "generated", model: models[place] ?? null })) };
}

import { environment, type Environment } from "#platform/config/environment.ts";
import { providerNames, type LlmEndpoint, type Provider, type ProviderName } from "#domains/llm/schema.ts";
import { keep } from "./kept.ts";
import type { ProviderSettings } from "./settings.ts";

/** A model that calls are to be made to. */
interface Choice {
  provider: ProviderName;
  model: string;
}

/** A vendor's package takes up to a second and 100 MB to load: only what is configured is, once it is asked for. */
const makers: Record<ProviderName, (settings: ProviderSettings) => Promise<Provider>> = {
  openai: async (settings) => (await import("./openai.ts")).openAiProvider(settings),
  anthropic: async (settings) => (await import("./anthropic.ts")).anthropicProvider(settings),
  google: async (settings) => (await import("./google.ts")).googleProvider(settings),
};

const providers = keep<string, Provider>();

/**
 * The models that answer an endpoint's calls: the first choice, then the one to fall back to; none where none is configured.
 * LLM_MODEL_<ENDPOINT> comes before LLM_MODEL, that before OPENAI_MODEL.
 */
export function providerFor(endpoint: LlmEndpoint): Provider[] {
  const set = environment();
  return choicesOf(endpoint, set).map(({ provider, model }) => {
    const settings = { ...accessOf(provider, set), model };
    return providers(JSON.stringify([provider, settings]), () => made(provider, settings));
  });
}

/** Begins to load the vendor's package, which a request has other things to do beside. */
function made(name: ProviderName, settings: ProviderSettings): Provider {
  const loaded = makers[name](settings);
  // Who streams is told; until then nobody waits for it.
  loaded.catch(() => undefined);
  return {
    name,
    model: settings.model,
    async *stream(request) {
      yield* (await loaded).stream(request);
    },
  };
}

function choicesOf(endpoint: LlmEndpoint, set: Environment): Choice[] {
  // Vectors are made by EMBEDDING_MODEL.
  if (endpoint === "embed") return [];
  const first = ownChoice(endpoint, set) ?? set.LLM_MODEL ?? (set.OPENAI_API_KEY === undefined ? undefined : `openai/${set.OPENAI_MODEL}`);
  if (first === undefined) return [];
  const both = set.LLM_FALLBACK_MODEL === undefined ? [first] : [first, set.LLM_FALLBACK_MODEL];
  return [...new Set(both)].map(choiceOf);
}

function ownChoice(endpoint: Exclude<LlmEndpoint, "embed">, set: Environment): string | undefined {
  switch (endpoint) {
    case "ask": return set.LLM_MODEL_ASK;
    case "explain-chart": return set.LLM_MODEL_EXPLAIN_CHART;
    case "analytics-insight": return set.LLM_MODEL_ANALYTICS_INSIGHT;
    case "transition-report": return set.LLM_MODEL_TRANSITION_REPORT;
    case "data-quality": return set.LLM_MODEL_DATA_QUALITY;
    case "market-brief": return set.LLM_MODEL_MARKET_BRIEF;
  }
}

/** A configured `provider/model`; the model's own name may hold slashes too. */
function choiceOf(text: string): Choice {
  const slash = text.indexOf("/");
  const provider = providerNames.find((name) => name === text.slice(0, slash));
  if (provider === undefined) throw new Error(`${text} names no provider`);
  return { provider, model: text.slice(slash + 1) };
}

function accessOf(provider: ProviderName, set: Environment): Omit<ProviderSettings, "model"> {
  switch (provider) {
    // A server of one's own may need none.
    case "openai": return { apiKey: set.OPENAI_API_KEY ?? "none", baseUrl: set.OPENAI_BASE_URL ?? "https://api.openai.com/v1" };
    case "anthropic": return { apiKey: set.ANTHROPIC_API_KEY ?? "", baseUrl: set.ANTHROPIC_BASE_URL ?? "https://api.anthropic.com" };
    case "google": return { apiKey: set.GEMINI_API_KEY ?? "", baseUrl: set.GEMINI_BASE_URL ?? "https://generativelanguage.googleapis.com" };
  }
}

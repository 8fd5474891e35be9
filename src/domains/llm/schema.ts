import type { Usage } from "./usage.ts";

/** Where calls come from: models, budgets and figures are kept by it. */
export const llmEndpoints = ["ask", "explain-chart", "analytics-insight", "transition-report", "data-quality", "market-brief", "embed"] as const;
export type LlmEndpoint = (typeof llmEndpoints)[number];

/** Vendors, as the price catalogue names them. */
export const providerNames = ["openai", "anthropic", "google"] as const;
export type ProviderName = (typeof providerNames)[number];

/** A request to a model: instructions, and what the user's side holds. */
export interface ModelRequest {
  instructions: string;
  input: string;
  maxOutputTokens: number;
  /** A JSON schema that the answer is to have, sent in the provider's own way. Its name is letters, digits, _ and -, 64 at most. */
  jsonSchema?: { name: string; schema: JsonSchema };
  signal: AbortSignal;
}

export type JsonSchema = Record<string, unknown>;

/** Why a model stopped: finished, cut at its limit of tokens, unwilling, asking for a tool, or without saying why. */
export type Finish = "stop" | "length" | "refusal" | "tool_calls" | "unknown";

/** What a model's stream yields: text as it comes, and once, last, the facts of the call. */
export type ModelEvent =
  | { type: "text"; text: string }
  | {
      type: "end";
      /** As the provider names it, which can be a dated snapshot of what was asked for. */
      model: string;
      /** Null when the provider told none. */
      usage: Usage | null;
      /** The tier that the provider says it served, such as `flex`: it decides the price. */
      serviceTier: string | null;
      finish: Finish;
      /** The provider's own id of the response. */
      responseId: string | null;
    };

/** One model of one vendor, ready to be called. */
export interface Provider {
  name: ProviderName;
  model: string;
  /** Streams one answer, asking once. Throws what the vendor's client throws, when the signal aborts too. */
  stream(request: ModelRequest): AsyncGenerator<ModelEvent>;
}

/** What a call of several providers yields: first, and again at each fallback, which of them is asked now, and how the one before failed. */
export type ProviderEvent = ModelEvent | { type: "provider"; provider: ProviderName; model: string; place: number; failure: unknown };

/** A model that makes vectors, as its endpoint is asked for it. */
export interface EmbeddingModel {
  model: string;
  /** How many it is asked for; null takes what it gives. */
  dimensions: number | null;
}

export interface EmbedOptions {
  signal?: AbortSignal;
  /** Another model of the same endpoint than the configured one. */
  model?: EmbeddingModel;
  /** Dimensions that the vectors must have though they aren't asked for. */
  length?: number;
  /** For each request, its repetitions included; EMBEDDING_TIMEOUT_MS unless given. */
  timeoutMs?: number;
  /** Repetitions of a request that was refused for the moment; none unless given. */
  retries?: number;
}

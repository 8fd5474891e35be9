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
  signal: AbortSignal;
}

/** What a model's stream yields: text as it comes, and once the facts of the call. */
export type ModelEvent =
  | { type: "text"; text: string }
  | {
      type: "end";
      model: string;
      inputTokens: number | null;
      outputTokens: number | null;
      /** False when the model was cut off: by its limit of tokens, or without saying that it had finished. */
      finished: boolean;
    };

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

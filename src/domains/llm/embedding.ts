import { AppError } from "#lib/errors.ts";
import { environment } from "#platform/config/environment.ts";
import type { OpenAiEmbeddingSettings } from "#domains/llm/providers/openai-embeddings.ts";
import type { EmbeddingModel, EmbedOptions } from "./schema.ts";
import { checkedVectors, inBatches } from "./vectors.ts";

/** The model that vectors are made with, null when none is configured. */
export function configuredEmbedding(): EmbeddingModel | null {
  const { EMBEDDING_MODEL, EMBEDDING_DIMENSIONS } = environment();
  return EMBEDDING_MODEL === undefined ? null : { model: EMBEDDING_MODEL, dimensions: EMBEDDING_DIMENSIONS ?? null };
}

/**
 * Vectors of texts, in their order and of length 1: of the configured model unless another of the same endpoint is
 * named. More than 96 texts take several requests, one after another. By default it is as quick as a question needs it
 * (EMBEDDING_TIMEOUT_MS, tried once); see EmbedOptions. Throws LLM_DISABLED when no model is configured,
 * UPSTREAM_UNAVAILABLE with a cause that says why there are no vectors to rely on, and the signal's own reason when the
 * caller gave up.
 */
export async function embed(texts: string[], options: EmbedOptions = {}): Promise<number[][]> {
  const { signal } = options;
  const model = options.model ?? configuredEmbedding();
  if (!model) throw new AppError("LLM_DISABLED", { detail: "No embedding model is configured. Set EMBEDDING_MODEL to use one." });
  const settings = settingsOf(model, options);
  const vectors: number[][] = [];
  try {
    // Its package takes long to load, and most processes have no embedding model.
    const { embedOpenAi } = await import("#domains/llm/providers/openai-embeddings.ts");
    for (const batch of inBatches(texts)) {
      const dimensions = options.length ?? model.dimensions ?? vectors[0]?.length ?? null;
      vectors.push(...checkedVectors(await embedOpenAi(settings, batch, signal), batch.length, dimensions));
    }
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw new AppError("UPSTREAM_UNAVAILABLE", { detail: "The embedding model gave no usable vectors.", retryAfterSeconds: 10, cause: error });
  }
  return vectors;
}

function settingsOf({ model, dimensions }: EmbeddingModel, options: EmbedOptions): OpenAiEmbeddingSettings {
  const { EMBEDDING_BASE_URL, EMBEDDING_API_KEY, EMBEDDING_TIMEOUT_MS, OPENAI_BASE_URL, OPENAI_API_KEY } = environment();
  return {
    // Another server's key is none of this one's business.
    apiKey: EMBEDDING_API_KEY ?? (EMBEDDING_BASE_URL === undefined ? OPENAI_API_KEY : undefined),
    baseUrl: EMBEDDING_BASE_URL ?? OPENAI_BASE_URL,
    model,
    dimensions,
    timeoutMs: options.timeoutMs ?? EMBEDDING_TIMEOUT_MS,
    retries: options.retries ?? 0,
  };
}

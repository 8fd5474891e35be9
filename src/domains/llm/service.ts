import { environment } from "#platform/config/environment.ts";
import { AppError } from "#lib/errors.ts";
import { streamOpenAi, type OpenAiSettings } from "#domains/llm/providers/openai.ts";
import type { ModelEvent, ModelRequest } from "./schema.ts";

function configured(): OpenAiSettings | undefined {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL, LLM_TIMEOUT_MS } = environment();
  if (OPENAI_API_KEY === undefined) return undefined;
  return { apiKey: OPENAI_API_KEY, baseUrl: OPENAI_BASE_URL, model: OPENAI_MODEL, timeoutMs: LLM_TIMEOUT_MS };
}

/** Name of the model that answers, null when none is configured. */
export function configuredModel(): string | null {
  return configured()?.model ?? null;
}

/**
 * Streams one answer of the configured model. Throws LLM_DISABLED when none is configured, UPSTREAM_UNAVAILABLE when it
 * refuses, hangs or breaks off, and the signal's own reason when the caller gave up.
 */
export async function* streamModel(request: ModelRequest): AsyncGenerator<ModelEvent> {
  const settings = configured();
  if (!settings) throw new AppError("LLM_DISABLED", { detail: "No model is configured. Set OPENAI_API_KEY to use one." });
  try {
    yield* streamOpenAi(settings, request);
  } catch (error) {
    if (request.signal.aborted) throw request.signal.reason;
    throw new AppError("UPSTREAM_UNAVAILABLE", {
      detail: "The model didn't answer. Try again in a moment.",
      retryAfterSeconds: 10,
      cause: error,
    });
  }
}

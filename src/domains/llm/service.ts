import { AppError } from "#lib/errors.ts";
import { environment } from "#platform/config/environment.ts";
import { callProviders } from "#domains/llm/providers/call-providers.ts";
import { providerFor } from "#domains/llm/providers/provider.ts";
import type { ModelEvent, ModelRequest } from "./schema.ts";

/** Name of the model that answers, null when none is configured. */
export function configuredModel(): string | null {
  return providerFor("ask")[0]?.model ?? null;
}

/**
 * Streams one answer of the configured model. Throws LLM_DISABLED when none is configured, UPSTREAM_UNAVAILABLE when it
 * refuses, hangs or breaks off, and the signal's own reason when the caller gave up.
 */
export async function* streamModel(request: ModelRequest): AsyncGenerator<ModelEvent> {
  const providers = providerFor("ask");
  if (providers.length === 0) throw new AppError("LLM_DISABLED", { detail: "No model is configured. Set OPENAI_API_KEY to use one." });
  for await (const event of callProviders(providers, request, { timeoutMs: environment().LLM_TIMEOUT_MS })) {
    if (event.type !== "provider") yield event;
  }
}

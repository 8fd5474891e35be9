import { environment } from "#platform/config/environment.ts";
import { genAi, langfuse, providerNameOf } from "#platform/observability/gen-ai-attributes.ts";
import { metrics } from "#platform/observability/metrics.ts";
import type { TraceSpan } from "#platform/observability/tracing.ts";
import { callProviders } from "#domains/llm/providers/call-providers.ts";
import { isProviderError } from "#domains/llm/providers/provider-error.ts";
import type { ModelEvent, ModelRequest, Provider, ProviderName } from "#domains/llm/schema.ts";
import { completionTokens, promptTokens } from "#domains/llm/usage.ts";
import type { CallRecord } from "./call-record.ts";
import type { Providers } from "./require-model.ts";

/** What is told of a call besides what is sent. */
export interface Told {
  record: CallRecord;
  promptId: string;
  promptVersion: number;
  /** Called before the next model is asked: books the request to the one before and holds room for another. */
  fallBack(next: Provider): Promise<void>;
}

/**
 * Step 7: asks the models in turn and yields what the one that answers says; each that is asked is a generation in the trace and
 * counted. What it is given and gives is redacted. Throws what callProviders and `fallBack` throw.
 */
export async function* askProviders(providers: Providers, request: ModelRequest, told: Told): AsyncGenerator<ModelEvent> {
  const { record } = told;
  let asked: Asked | null = null;
  try {
    for await (const event of callProviders(providers, request, { timeoutMs: environment().LLM_TIMEOUT_MS })) {
      if (event.type === "provider") {
        const next = providers[event.place];
        if (asked && next) {
          asked.failed(event.failure);
          asked.ended("failed");
          asked = null;
          record.reachedModel = !isUnpaid(event.failure);
          await told.fallBack(next);
        }
        asked = new Asked(event.provider, event.model, request, told);
        Object.assign(record, { provider: event.provider, model: event.model, reachedModel: true });
        continue;
      }
      if (event.type === "text") {
        record.sawText();
        asked?.said(event.text);
      } else {
        record.usage = event.usage;
        record.serviceTier = event.serviceTier;
        record.model = event.model;
        asked?.told(event);
      }
      yield event;
    }
    asked?.ended("ok");
  } catch (error) {
    if (!request.signal.aborted) asked?.failed(error);
    asked?.ended(request.signal.aborted ? "aborted" : "failed");
    // A vendor that answers with an error, or isn't there, charges nothing.
    if (!request.signal.aborted && asked && !asked.text && isUnpaid(error instanceof Error ? error.cause : undefined)) record.reachedModel = record.usage !== null;
    throw error;
  } finally {
    asked?.ended("aborted");
  }
}

function isUnpaid(cause: unknown): boolean {
  return isProviderError(cause) ? cause.failure === "status" || cause.failure === "connection" : cause !== undefined;
}

/** One model while it is asked. */
class Asked {
  readonly #provider: ProviderName;
  readonly #span: TraceSpan;
  readonly #started = performance.now();
  #ended = false;
  /** What it has said. */
  text = "";

  constructor(provider: ProviderName, model: string, request: ModelRequest, { record, promptId, promptVersion }: Told) {
    this.#provider = provider;
    this.#span = record.span.child(`chat ${model}`, {
      [genAi.operation]: "chat", [genAi.provider]: providerNameOf[provider], [genAi.requestModel]: model, [genAi.requestMaxTokens]: request.maxOutputTokens,
      [langfuse.type]: "generation", [langfuse.model]: model, [langfuse.promptName]: promptId, [langfuse.promptVersion]: promptVersion, [langfuse.input]: request.input,
    });
  }

  said(text: string): void {
    this.text += text;
  }

  told({ model, usage, finish }: Extract<ModelEvent, { type: "end" }>): void {
    this.#span.set({
      [genAi.responseModel]: model, [genAi.finishReasons]: [finish], [genAi.inputTokens]: usage ? promptTokens(usage) : undefined, [genAi.outputTokens]: usage ? completionTokens(usage) : undefined,
      [genAi.cachedTokens]: usage?.cache_read, [langfuse.usage]: usage ? JSON.stringify(usage) : undefined,
    });
  }

  failed(error: unknown): void {
    const cause = error instanceof Error && !isProviderError(error) ? error.cause : error;
    const known = isProviderError(cause) ? cause : undefined;
    metrics().externalApiErrors.inc({ provider: this.#provider, reason: known?.failure ?? "other" });
    this.#span.failed(known ?? error);
  }

  /** Ends it once: later words don't count. */
  ended(outcome: "ok" | "failed" | "aborted"): void {
    if (this.#ended) return;
    this.#ended = true;
    metrics().externalApiRequests.inc({ provider: this.#provider, outcome });
    metrics().externalApiDuration.observe({ provider: this.#provider }, (performance.now() - this.#started) / 1_000);
    this.#span.set({ [langfuse.output]: this.text });
    this.#span.end();
  }
}

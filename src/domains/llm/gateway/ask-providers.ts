import { environment } from "#platform/config/environment.ts";
import { genAi, langfuse } from "#platform/observability/gen-ai-attributes.ts";
import { callProviders } from "#domains/llm/providers/call-providers.ts";
import type { Prompt } from "#domains/llm/prompts/prompt.ts";
import type { ModelEvent, ModelRequest, Provider } from "#domains/llm/schema.ts";
import { completionTokens, promptTokens } from "#domains/llm/usage.ts";
import type { CallRecord } from "./call-record.ts";
import type { Providers } from "./require-model.ts";
import { VendorRequest } from "./vendor-request.ts";

/** What is told of a request besides what is sent. */
export interface Told {
  record: CallRecord;
  prompt: Pick<Prompt, "id" | "version">;
  /** Called before the next model is asked: books the request to the one before and holds room for another. */
  fallBack(next: Provider): Promise<void>;
}

/**
 * Step 7: asks the models in turn and yields what the one that answers says; each that is asked is a generation in the trace and
 * counted. What it is given and gives is redacted. Throws what callProviders and `fallBack` throw.
 */
export async function* askProviders(providers: Providers, request: ModelRequest, { record, prompt, fallBack }: Told): AsyncGenerator<ModelEvent> {
  let asked: VendorRequest | null = null;
  try {
    for await (const event of callProviders(providers, request, { timeoutMs: environment().LLM_TIMEOUT_MS, onSend: () => asked?.sent() })) {
      if (event.type === "provider") {
        const next = providers[event.place];
        if (asked && next) {
          asked.failed(event.failure);
          await fallBack(next);
        }
        asked = new VendorRequest(record, { operation: "chat", ...event }, {
          [genAi.requestMaxTokens]: request.maxOutputTokens, [langfuse.type]: "generation", [langfuse.promptName]: prompt.id, [langfuse.promptVersion]: prompt.version, [langfuse.input]: request.input,
        });
        continue;
      }
      if (event.type === "text") asked?.said(event.text);
      else {
        Object.assign(record, { usage: event.usage, serviceTier: event.serviceTier, model: event.model });
        asked?.learned(factsOf(event));
      }
      yield event;
    }
    asked?.succeeded();
  } catch (error) {
    if (!request.signal.aborted) asked?.failed(error);
    throw error;
  } finally {
    asked?.aborted();
  }
}

function factsOf({ model, usage, finish }: Extract<ModelEvent, { type: "end" }>) {
  return {
    [genAi.responseModel]: model, [genAi.finishReasons]: [finish], [genAi.inputTokens]: usage ? promptTokens(usage) : undefined, [genAi.outputTokens]: usage ? completionTokens(usage) : undefined,
    [genAi.cachedTokens]: usage?.cache_read, [langfuse.usage]: usage ? JSON.stringify(usage) : undefined,
  };
}

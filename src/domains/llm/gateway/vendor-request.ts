import { genAi, langfuse, providerNameOf } from "#platform/observability/gen-ai-attributes.ts";
import { metrics } from "#platform/observability/metrics.ts";
import type { TraceSpan } from "#platform/observability/tracing.ts";
import { isProviderError, type ProviderError } from "#domains/llm/providers/provider-error.ts";
import type { ProviderName } from "#domains/llm/schema.ts";
import type { CallRecord } from "./call-record.ts";

type Facts = Parameters<TraceSpan["set"]>[0];

/** Who is asked, and for what, in OpenTelemetry's words. */
export interface Asked {
  operation: "chat" | "embeddings";
  provider: ProviderName;
  model: string;
}

/**
 * One request to a vendor while it runs: its piece of the call's trace, the vendor's metrics, and what the call's record learns of it. How it ended is
 * told once; what is told after that doesn't count.
 */
export class VendorRequest {
  readonly #record: CallRecord;
  readonly #provider: ProviderName;
  readonly #span: TraceSpan;
  readonly #started = performance.now();
  #ended = false;
  #text = "";

  constructor(record: CallRecord, { operation, provider, model }: Asked, facts: Facts) {
    this.#record = record;
    this.#provider = provider;
    this.#span = record.span.child(`${operation} ${model}`, {
      [genAi.operation]: operation, [genAi.provider]: providerNameOf[provider], [genAi.requestModel]: model, [langfuse.model]: model, ...facts,
    });
    Object.assign(record, { provider, model });
  }

  /** Notes that it leaves: from here on the vendor may work on it. */
  sent(): void {
    this.#record.reachedModel = true;
  }

  /** Notes what the model says. */
  said(text: string): void {
    this.#record.sawText();
    if (this.#text === "") this.#span.set({ [langfuse.completionStart]: JSON.stringify(new Date()) });
    this.#text += text;
  }

  /** Adds facts to its piece of the trace. */
  learned(facts: Facts): void {
    this.#span.set(facts);
  }

  succeeded(): void {
    this.#end("ok");
  }

  /** Given up by who asked. */
  aborted(): void {
    this.#end("aborted");
  }

  /** `error` is what the vendor's client threw, or has that as its cause. */
  failed(error: unknown): void {
    if (this.#ended) return;
    const known = providerErrorIn(error);
    metrics().externalApiErrors.inc({ provider: this.#provider, reason: known?.failure ?? "other" });
    if (isUnpaid(known) && this.#text === "" && this.#record.usage === null) this.#record.reachedModel = false;
    this.#span.failed(known ?? error, known?.message);
    this.#end("failed");
  }

  #end(outcome: "ok" | "failed" | "aborted"): void {
    if (this.#ended) return;
    this.#ended = true;
    metrics().externalApiRequests.inc({ provider: this.#provider, outcome });
    metrics().externalApiDuration.observe({ provider: this.#provider }, (performance.now() - this.#started) / 1_000);
    if (this.#text !== "") this.#span.set({ [langfuse.output]: this.#text });
    this.#record.requestEnded(this.#span);
  }
}

function providerErrorIn(error: unknown): ProviderError | null {
  const cause = error instanceof Error && !isProviderError(error) ? error.cause : error;
  return isProviderError(cause) ? cause : null;
}

/** A vendor that answers with an error, or isn't there, charges nothing; what failed without one was never asked. */
function isUnpaid(error: ProviderError | null): boolean {
  return error === null || error.failure === "status" || error.failure === "connection";
}

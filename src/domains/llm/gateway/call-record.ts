import { isAppError, type ErrorCode } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { log } from "#platform/observability/log.ts";
import { requestContext } from "#platform/observability/request-context.ts";
import { genAi, langfuse, tieline } from "#platform/observability/gen-ai-attributes.ts";
import { startSpan, type TraceSpan } from "#platform/observability/tracing.ts";
import type { RedactionSummary } from "#platform/security/redaction/kinds.ts";
import type { CallOutcome, Reservation } from "#domains/llm/budgets/budget-schema.ts";
import { settle } from "#domains/llm/budgets/reserve.ts";
import { callerOf } from "#domains/llm/ledger/caller.ts";
import type { CallEntry, CallOutcomeName } from "#domains/llm/ledger/ledger-schema.ts";
import { recordCall } from "#domains/llm/ledger/record.ts";
import type { Usage } from "#domains/llm/usage.ts";
import type { Prompt } from "#domains/llm/prompts/prompt.ts";
import type { LlmCall } from "./call.ts";

/** How an error ends a call that is written down. */
const outcomes: Partial<Record<ErrorCode, CallOutcomeName>> = {
  LLM_DISABLED: "disabled",
  SAFETY_BLOCKED: "blocked",
  CONSENT_REQUIRED: "consent_required",
  RATE_LIMITED: "limited",
  BUDGET_EXCEEDED: "over_budget",
};

/** What a call's record starts from. */
type RecordedCall = Pick<LlmCall, "endpoint" | "principal" | "signal" | "span"> & { prompt: Pick<Prompt, "id" | "version"> | null };

/** What one call learns about itself on its way, for its row in the books and its trace. */
export class CallRecord {
  /** Of its row in the books; another one from the moment on that a model was given up. */
  id = newId();
  readonly span: TraceSpan;
  readonly #call: RecordedCall;
  readonly #started = performance.now();
  reservation: Reservation | null = null;
  outcome: CallOutcomeName = "failed";
  errorCode: string | null = null;
  policyCategory: string | null = null;
  redactions: RedactionSummary = {};
  /** Who is asked, or answered; null until somebody is. */
  provider: string | null = null;
  model: string | null = null;
  usage: Usage | null = null;
  serviceTier: string | null = null;
  /** Whether a model may have begun to work on it, which then is paid for. */
  reachedModel = false;
  firstTokenMs: number | null = null;
  savedUsd: string | null = null;

  constructor(call: RecordedCall) {
    this.#call = call;
    const { endpoint, prompt } = call;
    this.span = startSpan(`llm ${endpoint}`, { [langfuse.type]: "chain", [tieline.endpoint]: endpoint, [tieline.callId]: this.id, [tieline.promptId]: prompt?.id, [tieline.promptVersion]: prompt?.version }, call.span);
  }

  /** Notes that text has come. */
  sawText(): void {
    this.firstTokenMs ??= performance.now() - this.#started;
  }

  /** Notes how the call ended badly: given up by its caller, or by an error. */
  failed(error: unknown): void {
    const aborted = this.#call.signal.aborted;
    this.outcome = aborted ? "aborted" : ((isAppError(error) ? outcomes[error.code] : undefined) ?? "failed");
    this.errorCode = aborted ? null : isAppError(error) ? error.code : "INTERNAL";
    this.span.failed(error);
  }

  /**
   * Books a model that gave no answer but may have worked on one, and be paid for: as a call of its own, charged the most that it can
   * have cost (an exact decimal in USD, null without a price). What comes next is another call. Throws when it can't be booked.
   */
  async givenUp(mostUsd: string | null): Promise<void> {
    if (!this.reservation) return;
    await settle({ ...this.reservation, reservedUsd: mostUsd }, { ...this.#settlement(), outcome: "failed", errorCode: "UPSTREAM_UNAVAILABLE", usage: null, reachedModel: true });
    this.reservation = null;
    Object.assign(this, { id: newId(), reachedModel: false, usage: null, serviceTier: null });
    this.span.set({ [tieline.callId]: this.id });
  }

  /** Steps 10 and 11: settles what was reserved, writes the row and ends the trace. Never throws: an answer is worth more than its row; its lease charges it then. */
  async close(): Promise<CallEntry | null> {
    let entry: CallEntry | null = null;
    try {
      if (this.reservation) entry = await settle(this.reservation, this.#settlement());
      else await recordCall(this.#entry());
    } catch (error) {
      log().error({ err: error, callId: this.id, outcome: this.outcome }, "a call of a model is not in the books");
    }
    this.span.set({
      [tieline.outcome]: this.outcome, [tieline.cached]: this.outcome === "cached", [tieline.costUsd]: entry?.costUsd ?? undefined,
      [tieline.policyCategory]: this.policyCategory ?? undefined, [tieline.redactions]: JSON.stringify(this.redactions), [genAi.responseModel]: this.model ?? undefined,
    });
    this.span.end();
    return entry;
  }

  #settlement(): CallOutcome {
    const { outcome, usage, serviceTier, reachedModel, provider, model } = this;
    return { ...this.#facts(), outcome, usage, serviceTier, reachedModel, ...(provider === null ? {} : { provider }), ...(model === null ? {} : { model }) };
  }

  #entry(): CallEntry {
    return {
      ...callerOf(this.#call.principal), ...this.#facts(), id: this.id, source: "gateway", endpoint: this.#call.endpoint, provider: this.provider, model: this.model, outcome: this.outcome,
      usage: null, usageEstimated: false, costUsd: "0", chargedUsd: "0", priceVersion: null, unpriced: [], reservedUsd: null, cacheHit: false,
    };
  }

  #facts() {
    return {
      errorCode: this.errorCode, promptId: this.#call.prompt?.id ?? null, promptVersion: this.#call.prompt ? String(this.#call.prompt.version) : null, durationMs: Math.round(performance.now() - this.#started),
      firstTokenMs: this.firstTokenMs === null ? null : Math.round(this.firstTokenMs), redactionSummary: { ...this.redactions }, policyCategory: this.policyCategory,
      traceId: this.span.traceId ?? requestContext()?.traceId ?? null, savedUsd: this.savedUsd,
    };
  }
}

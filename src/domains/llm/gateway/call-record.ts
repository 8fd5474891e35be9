import { isAppError, type ErrorCode } from "#lib/errors.ts";
import { addDecimals, formatDecimal, parseDecimal } from "#lib/decimal.ts";
import { newId } from "#lib/ids.ts";
import { logError } from "#platform/observability/error-reports.ts";
import { requestContext } from "#platform/observability/request-context.ts";
import { genAi, langfuse, tieline } from "#platform/observability/gen-ai-attributes.ts";
import { startSpan, type TraceSpan } from "#platform/observability/tracing.ts";
import type { RedactionSummary } from "#platform/security/redaction/kinds.ts";
import type { CallOutcome, Reservation } from "#domains/llm/budgets/budget-schema.ts";
import { settle } from "#domains/llm/budgets/reserve.ts";
import { callerOf } from "#domains/llm/ledger/caller.ts";
import type { CallEntry, CallOutcomeName } from "#domains/llm/ledger/ledger-schema.ts";
import { recordCall } from "#domains/llm/ledger/record.ts";
import type { Finish } from "#domains/llm/schema.ts";
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
  /** Of its row in the books; another one from each further request on. */
  id = newId();
  readonly span: TraceSpan;
  readonly #call: RecordedCall;
  /** When the call, or its request that is made now, began: a row tells of one request. */
  #started = performance.now();
  reservation: Reservation | null = null;
  /** Until something else ends it, its reader stopped reading. */
  outcome: CallOutcomeName = "aborted";
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
  readonly #costs: (string | null)[] = [];
  /** Pieces of the trace whose requests have ended, and when; what they cost isn't known yet. */
  #unsettled: { piece: TraceSpan; endedAt: number }[] = [];

  constructor(call: RecordedCall) {
    this.#call = call;
    const { endpoint, prompt } = call;
    this.span = startSpan(`llm ${endpoint}`, { [langfuse.type]: "chain", [tieline.endpoint]: endpoint, [tieline.callId]: this.id, [tieline.promptId]: prompt?.id, [tieline.promptVersion]: prompt?.version }, call.span);
  }

  /** Notes that text has come. */
  sawText(): void {
    this.firstTokenMs ??= Math.round(performance.now() - this.#started);
  }

  /** Notes that a request to a vendor has ended: its piece of the trace ends with what it cost, once that is settled. */
  requestEnded(piece: TraceSpan): void {
    this.#unsettled.push({ piece, endedAt: performance.now() });
  }

  /** Notes that the answer has come; `cached` says that no model was asked for it. */
  answered(finish: Finish | "unusable", cached: boolean): void {
    this.outcome = finish === "unusable" ? "failed" : cached ? "cached" : "ok";
    this.errorCode = finish === "unusable" ? "UNUSABLE_ANSWER" : null;
  }

  /** Notes how the call ended badly: given up by its caller, or by an error. */
  failed(error: unknown): void {
    const aborted = this.#call.signal.aborted;
    // The books tell the cause, where the caller is told what to do about it.
    const known = isAppError(error) ? (isAppError(error.cause) ? error.cause : error) : null;
    this.outcome = aborted ? "aborted" : ((known ? outcomes[known.code] : undefined) ?? "failed");
    this.errorCode = aborted ? null : (known?.code ?? "INTERNAL");
    this.span.failed(error);
  }

  /**
   * Books the request that was made, which gave nothing to use: each is a call of its own in the books, under its own provider, and what
   * comes next is another. Throws when it can't be booked.
   */
  async requestFailed(errorCode: "UPSTREAM_UNAVAILABLE" | "UNUSABLE_ANSWER"): Promise<void> {
    if (!this.reservation) return;
    this.#settled((await settle(this.reservation, { ...this.#settlement(), outcome: "failed", errorCode })).costUsd);
    Object.assign(this, { id: newId(), reservation: null, reachedModel: false, usage: null, serviceTier: null, firstTokenMs: null });
    this.#started = performance.now();
    this.span.set({ [tieline.callId]: this.id });
  }

  /** What all its requests have cost: an exact decimal in USD, null where that of one isn't known. To be read once it is closed. */
  get costUsd(): string | null {
    return this.#costs.reduce<string | null>((sum, each) => (sum === null || each === null ? null : formatDecimal(addDecimals(parseDecimal(sum), parseDecimal(each)))), "0");
  }

  /** Steps 10 and 11: settles what was reserved, writes the row and ends the trace. Never throws: an answer is worth more than its row; its lease charges it then. */
  async close(): Promise<void> {
    try {
      if (this.reservation) this.#settled((await settle(this.reservation, this.#settlement())).costUsd);
      else await recordCall(this.#entry());
    } catch (error) {
      this.#settled(null);
      logError(error, "a call of a model is not in the books", { callId: this.id, outcome: this.outcome });
    }
    this.span.set({
      [tieline.outcome]: this.outcome, [tieline.cached]: this.outcome === "cached", [tieline.costUsd]: this.costUsd ?? undefined, [tieline.firstTokenMs]: this.firstTokenMs ?? undefined,
      [tieline.policyCategory]: this.policyCategory ?? undefined, [tieline.redactions]: JSON.stringify(this.redactions), [genAi.responseModel]: this.model ?? undefined,
    });
    this.span.end();
  }

  #settled(costUsd: string | null): void {
    this.#costs.push(costUsd);
    for (const { piece, endedAt } of this.#unsettled) {
      if (costUsd !== null) piece.set({ [langfuse.cost]: `{"total":${costUsd}}` });
      piece.end(endedAt);
    }
    this.#unsettled = [];
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
      firstTokenMs: this.firstTokenMs, redactionSummary: { ...this.redactions }, policyCategory: this.policyCategory,
      traceId: this.span.traceId ?? requestContext()?.traceId ?? null, savedUsd: this.savedUsd,
    };
  }
}

import { compareDecimals, parseDecimal } from "#lib/decimal.ts";
import { environment } from "#platform/config/environment.ts";
import type { Reservation } from "#domains/llm/budgets/budget-schema.ts";
import { reserve } from "#domains/llm/budgets/reserve.ts";
import { mostItCanCost } from "#domains/llm/prices/prices.ts";
import type { LlmCall } from "./call.ts";
import type { Provider } from "#domains/llm/schema.ts";
import type { Providers } from "./require-model.ts";

/** How long beyond its time limit a call may take to be settled. */
export const settlingMs = 60_000;
/** A structured answer may be asked for a second time, with the first one and its faults in the request. */
const extraBytes = 16_000;

/** How much of a model an answer may take. */
export interface Extent {
  /** Requests that it takes at most. */
  requests: number;
  /** What each request holds beside instructions and input: the form that the answer is to have. */
  formBytes: number;
}

/**
 * Steps 3 and 4: counts the call against the day's quota and holds the most that it can cost, in one unit of work. (The limit per
 * minute is the route's and counts requests; the quota counts calls: nothing is counted twice.) The most is that of the dearest of
 * its models; one without a price holds nothing. Throws RATE_LIMITED, BUDGET_EXCEEDED, DATABASE_UNAVAILABLE, and the signal's reason.
 */
export async function holdRoom(callId: string, call: LlmCall, providers: Providers, extent: Extent): Promise<Reservation> {
  const [first] = providers;
  const most = await Promise.all(providers.map((provider) => mostOf(provider, call, extent)));
  return reserve(call.principal, {
    callId, provider: first.name, model: first.model, endpoint: call.endpoint, mostUsd: dearest(most),
    leaseMs: extent.requests * providers.length * environment().LLM_TIMEOUT_MS + settlingMs, address: call.address,
  }, call.signal);
}

/** The most that one of its models can cost: an exact decimal in USD, null where it has no price. */
export function mostOf({ name, model }: Provider, call: LlmCall, { requests, formBytes }: Extent): Promise<string | null> {
  const once = Buffer.byteLength(call.prompt.instructions) + Buffer.byteLength(JSON.stringify(call.input)) + formBytes;
  // Asked again, the model is told the form a second time, beside its answer.
  const inputBytes = requests * once + (requests - 1) * (extraBytes + formBytes);
  return mostItCanCost({ provider: name, model, inputBytes, maxOutputTokens: requests * call.maxOutputTokens });
}

function dearest(amounts: readonly (string | null)[]): string | null {
  return amounts.reduce((most, each) => (each !== null && (most === null || compareDecimals(parseDecimal(each), parseDecimal(most)) > 0) ? each : most), null);
}

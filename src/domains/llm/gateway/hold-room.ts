import { isAppError } from "#lib/errors.ts";
import { environment } from "#platform/config/environment.ts";
import type { Reservation } from "#domains/llm/budgets/budget-schema.ts";
import { reserve } from "#domains/llm/budgets/reserve.ts";
import { mostItCanCost } from "#domains/llm/prices/prices.ts";
import type { Provider } from "#domains/llm/schema.ts";
import type { LlmCall } from "./call.ts";
import type { Providers } from "./require-model.ts";

/** How long beyond its time limit a request may take to be settled. */
export const settlingMs = 60_000;
/** A structured answer that is asked for again comes with the first one and its faults in the request. */
const repairBytes = 16_000;

/** Which of a call's requests room is held for, and what it takes beside instructions and input. */
export interface Extent {
  /** Of the schema that the answer is to have. */
  schemaBytes: number;
  /** Whether it asks again for what was answered in another form. */
  repairs: boolean;
  /** Whether the call has made a request before. */
  further: boolean;
}

/** What is held for one request, and whom it may be sent to: first the one that it is held at. */
export interface Room {
  reservation: Reservation;
  providers: Providers;
}

/**
 * Steps 3 and 4: counts a call, at its first request, against the day's quota, and holds the most that a request can cost, in one unit
 * of work, at the first of the models whose budgets have room for it. (The limit per minute is the route's: nothing is counted twice.)
 * A model without a price holds nothing. Throws RATE_LIMITED, BUDGET_EXCEEDED, DATABASE_UNAVAILABLE, and the signal's reason.
 */
export async function holdRoom(callId: string, call: LlmCall, [first, ...others]: Providers, extent: Extent): Promise<Room> {
  const { endpoint, address, principal, signal } = call;
  try {
    const request = { callId, provider: first.name, model: first.model, endpoint, mostUsd: await mostOf(first, call, extent), leaseMs: environment().LLM_TIMEOUT_MS + settlingMs, address, counted: extent.further };
    return { reservation: await reserve(principal, request, signal), providers: [first, ...others] };
  } catch (error) {
    const [next, ...rest] = others;
    if (!next || !isAppError(error) || error.code !== "BUDGET_EXCEEDED") throw error;
    return holdRoom(callId, call, [next, ...rest], extent);
  }
}

function mostOf({ name, model }: Provider, { prompt, input, maxOutputTokens }: LlmCall, { schemaBytes, repairs }: Extent): Promise<string | null> {
  const once = Buffer.byteLength(prompt.instructions) + Buffer.byteLength(JSON.stringify(input)) + schemaBytes;
  // Asked again, the model is told the schema a second time, beside its answer.
  return mostItCanCost({ provider: name, model, inputBytes: once + (repairs ? repairBytes + schemaBytes : 0), maxOutputTokens });
}

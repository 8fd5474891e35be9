import { isAppError } from "#lib/errors.ts";
import { unavailable } from "#domains/llm/providers/call-providers.ts";
import type { Provider } from "#domains/llm/schema.ts";
import type { Send } from "./answer-form.ts";
import { askProviders } from "./ask-providers.ts";
import type { LlmCall } from "./call.ts";
import type { CallRecord } from "./call-record.ts";
import { holdRoom } from "./hold-room.ts";
import type { Providers } from "./require-model.ts";

/**
 * Holds room for a call's first request (steps 3 and 4) and answers how requests are sent (step 7). What comes after one that gave
 * nothing to use, because its model failed or answered in another form, is another request: the one before is booked as a row of its
 * own, under who was asked, and room is held anew at who is asked next. Throws what holdRoom throws, and so does sending, which throws
 * what askProviders throws, too.
 */
export async function startRequests(call: LlmCall, providers: Providers, record: CallRecord, schemaBytes: number): Promise<Send> {
  let held = false;
  let asked = 0;
  const hold = async (at: Providers): Promise<Providers> => {
    const room = await holdRoom(record.id, call, at, { schemaBytes, repairs: asked > 1, further: held });
    held = true;
    record.reservation = room.reservation;
    return room.providers;
  };
  const fallBack = async (next: Provider): Promise<void> => {
    await record.requestFailed("UPSTREAM_UNAVAILABLE");
    Object.assign(record, { provider: next.name, model: next.model });
    try {
      await hold([next]);
    } catch (error) {
      // What the caller has to wait for is the first one's recovery, not a budget's renewal.
      throw isAppError(error) && error.code === "BUDGET_EXCEEDED" ? unavailable(error) : error;
    }
  };
  let willing = await hold(providers);
  return async function* send(request) {
    asked += 1;
    if (asked > 1) {
      await record.requestFailed("UNUSABLE_ANSWER");
      willing = await hold(providers);
    }
    yield* askProviders(willing, { ...request, maxOutputTokens: call.maxOutputTokens, signal: call.signal }, { record, prompt: call.prompt, fallBack });
  };
}

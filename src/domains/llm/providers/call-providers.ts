import { isBrokenCircuitError, isBulkheadRejectedError } from "cockatiel";
import { AppError } from "#lib/errors.ts";
import { log } from "#platform/observability/log.ts";
import type { ModelEvent, ModelRequest, Provider, ProviderEvent } from "#domains/llm/schema.ts";
import { isProviderError, ProviderError, providerErrorOf } from "./provider-error.ts";
import { policiesOf, restAfter, timeLimit } from "./provider-policies.ts";

/**
 * Streams one answer: of the first provider, or, while nothing of an answer has come, of the next. A model is tried again only
 * before its first event. Yields which provider is asked, and why the one before gave no answer, before its events. `timeoutMs` is for each provider, repetitions and the
 * wait for a turn included; `onSend` is told when a model's turn has come and it is asked. Throws UPSTREAM_UNAVAILABLE when none answers or one breaks off (its cause a ProviderError, or that the model rests or
 * has too many calls), and the signal's reason when the caller gave up, which is carried upstream, as is the end of reading.
 */
export async function* callProviders(providers: readonly Provider[], request: ModelRequest, { timeoutMs, onSend }: { timeoutMs: number; onSend?: () => void }): AsyncGenerator<ProviderEvent> {
  let failure: unknown;
  for (const [place, provider] of providers.entries()) {
    request.signal.throwIfAborted();
    yield { type: "provider", provider: provider.name, model: provider.model, place, failure };
    let answering = false;
    try {
      for await (const event of callProvider(provider, request, timeoutMs, onSend)) {
        answering = true;
        yield event;
      }
      return;
    } catch (error) {
      request.signal.throwIfAborted();
      failure = error;
      const next = providers[place + 1];
      if (answering || next === undefined) break;
      log().warn({ err: error, provider: provider.name, model: provider.model, next: `${next.name}/${next.model}` }, "a model gave no answer: the next is asked");
    }
  }
  throw unavailable(failure);
}

async function* callProvider(provider: Provider, request: ModelRequest, timeoutMs: number, onSend?: () => void): AsyncGenerator<ModelEvent> {
  const { opening, breaker } = policiesOf(provider);
  const turn = await takeTurn(provider, request.signal, timeoutMs);
  const failureOf = (error: unknown): Error => {
    if (request.signal.aborted) return asError(request.signal.reason);
    return turn.signal.aborted ? new ProviderError({ provider: provider.name, failure: "timeout" }) : providerErrorOf(provider.name, error);
  };
  const open = async () => {
    turn.signal.throwIfAborted();
    onSend?.();
    const stream = provider.stream({ ...request, signal: turn.signal });
    const step = await stream.next();
    // A page that stands in the way, of a proxy or a network to sign in to, reads as a stream that tells nothing at all.
    if (step.done || (step.value.type === "end" && step.value.finish === "unknown" && step.value.usage === null)) throw new ProviderError({ provider: provider.name, failure: "format" });
    return { stream, first: step };
  };
  try {
    const opened = opening.execute(() => open().catch((error: unknown) => Promise.reject(failureOf(error))), turn.signal);
    const { stream, first } = await orAborted(opened, turn.signal).catch((error: unknown) => Promise.reject(isPolicyError(error) ? asError(error) : failureOf(error)));
    try {
      for (let step: IteratorResult<ModelEvent> = first; !step.done; step = await stream.next()) yield step.value;
    } catch (error) {
      const failure = failureOf(error);
      // One that breaks off is failing too; its own opening has counted as a success.
      await breaker.execute(() => Promise.reject(failure)).catch(() => undefined);
      throw failure;
    } finally {
      // Returning from this generator doesn't close the one that it steps by hand.
      turn.leave();
      void stream.return(undefined).catch(() => undefined);
    }
  } finally {
    turn.leave();
  }
}

interface Turn {
  /** Aborted when the caller gives up, when time is up, and by `leave`. */
  signal: AbortSignal;
  leave(): void;
}

/** Waits for one of the model's turns and holds it until it is left. The time limit begins with the waiting. */
async function takeTurn(provider: Provider, signal: AbortSignal, timeoutMs: number): Promise<Turn> {
  const taken = Promise.withResolvers<AbortSignal>();
  const held = Promise.withResolvers<void>();
  timeLimit(timeoutMs)
    .execute(({ signal: limited }) => {
      limited.addEventListener("abort", () => taken.reject(new Error(`No turn of ${provider.name}/${provider.model} came in time`)), { once: true });
      return policiesOf(provider).turns.execute(() => {
        taken.resolve(limited);
        return held.promise;
      }, limited);
    }, signal)
    .catch((error: unknown) => taken.reject(asError(error)));
  try {
    return { signal: await orAborted(taken.promise, signal), leave: () => held.resolve() };
  } catch (error) {
    // Its turn may still come: nobody is there to hold it.
    held.resolve();
    throw error;
  }
}

/** What a promise gives, or the signal's reason as soon as that aborts. */
async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(asError(signal.reason));
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** By their marks: the policies may have been made by another bundle's copy of the library. */
function isPolicyError(error: unknown): boolean {
  return isBrokenCircuitError(error) || isBulkheadRejectedError(error);
}

/** That no model answers, and when to try again. */
export function unavailable(cause: unknown): AppError {
  const askedMs = isProviderError(cause) ? cause.retryAfterMs : isBrokenCircuitError(cause) ? restAfter.restMs : undefined;
  return new AppError("UPSTREAM_UNAVAILABLE", {
    detail: "The model didn't answer. Try again in a moment.",
    retryAfterSeconds: askedMs === undefined ? 10 : Math.min(3_600, Math.max(1, Math.ceil(askedMs / 1_000))),
    cause,
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error("The call was given up", { cause: error });
}

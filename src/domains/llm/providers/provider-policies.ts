import {
  bulkhead,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
  type BulkheadPolicy,
  type CircuitBreakerPolicy,
  type IPolicy,
  type IRetryBackoffContext,
} from "cockatiel";
import { processWide } from "#lib/process-wide.ts";
import type { Provider } from "#domains/llm/schema.ts";
import { isProviderError } from "./provider-error.ts";

const triesOfOne = 3;
/** The longest pause between two tries: a vendor that asks for more is left to the next one. */
export const longestPauseMs = 5_000;
const firstPauseMs = 250;
const turns = { atOnce: 32, waiting: 64 };
/** A model that failed so often in a row is left alone for a while. */
export const restAfter = { failures: 6, restMs: 15_000 };

/** How one model is asked: tries with pauses between them, none while it rests, and only so many at a time. */
export interface ModelPolicies {
  /** Around each opening of a stream, up to its first event. */
  opening: IPolicy;
  breaker: CircuitBreakerPolicy;
  turns: BulkheadPolicy;
}

const policies = processWide("model-policies", () => new Map<string, ModelPolicies>());

/** The policies of that vendor's model, the same for the whole process. */
export function policiesOf({ name, model }: Pick<Provider, "name" | "model">): ModelPolicies {
  const key = `${name}/${model}`;
  const known = policies.get(key);
  if (known) return known;
  const breaker = circuitBreaker(handleWhen(isFailing), { halfOpenAfter: restAfter.restMs, breaker: new ConsecutiveBreaker(restAfter.failures) });
  const made = {
    breaker,
    opening: wrap(retry(handleWhen(isWorthAnotherTry), { maxAttempts: triesOfOne - 1, backoff: new DelegateBackoff(pauseMs) }), breaker),
    turns: bulkhead(turns.atOnce, turns.waiting),
  };
  policies.set(key, made);
  return made;
}

/** Ends a call that takes too long, by its signal. */
export function timeLimit(milliseconds: number): IPolicy {
  return timeout(milliseconds, TimeoutStrategy.Cooperative);
}

function isWorthAnotherTry(error: unknown): boolean {
  return isProviderError(error) && error.passing && (error.retryAfterMs ?? 0) <= longestPauseMs;
}

/** What speaks of the model's health: a request that is refused, or one too many, doesn't. */
function isFailing(error: unknown): boolean {
  return isProviderError(error) && error.status !== 429 && (error.passing || error.failure === "timeout");
}

/** Full jitter below a doubling bound; what the vendor asks for is kept, and some on top so that not all come back at once. */
function pauseMs({ attempt, result }: IRetryBackoffContext<unknown>): number {
  const error = "error" in result ? result.error : undefined;
  const asked = isProviderError(error) ? error.retryAfterMs : undefined;
  const jitter = Math.random() * firstPauseMs * 2 ** (attempt - 1);
  return asked === undefined ? jitter : asked + Math.min(jitter, firstPauseMs);
}

/** What a model's policies are at this moment in this process. */
export function stateOf(provider: Pick<Provider, "name" | "model">): { circuit: "closed" | "half_open" | "open"; callsFree: number } {
  const known = policies.get(`${provider.name}/${provider.model}`);
  if (!known) return { circuit: "closed", callsFree: turns.atOnce };
  const { state } = known.breaker;
  return { circuit: state === CircuitState.Closed ? "closed" : state === CircuitState.HalfOpen ? "half_open" : "open", callsFree: known.turns.executionSlots };
}

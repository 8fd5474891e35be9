import { AppError } from "#lib/errors.ts";
import type { RateLimitDecision, RateLimiter, RateLimitPolicy } from "./rate-limiter.ts";

/** How long a store that failed is left alone before it is tried again. */
const restMs = 250;

export interface FailoverOptions {
  /** How many processes share the limits: while the store is away each gives that part of them. */
  replicas: number;
  /** Monotonic milliseconds. */
  now?: () => number;
  /** Told when the store goes away (with why) and when it is back. */
  onChange?: (away: { cause: unknown } | null) => void;
}

/**
 * Asks a shared limiter, and while that fails one in memory with a bounded part of the limit: never open. A store that
 * failed is tried again after a quarter of a second, by one request at a time. Policies that fail closed throw
 * UPSTREAM_UNAVAILABLE meanwhile.
 */
export class FailoverRateLimiter implements RateLimiter {
  readonly #shared: RateLimiter;
  readonly #own: RateLimiter;
  readonly #options: FailoverOptions;
  readonly #now: () => number;
  /** When the store may be tried again; null while it answers. */
  #awayUntil: number | null = null;

  constructor(shared: RateLimiter, own: RateLimiter, options: FailoverOptions) {
    this.#shared = shared;
    this.#own = own;
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** Whether the store answered when it was last asked. */
  get available(): boolean {
    return this.#awayUntil === null;
  }

  async check(key: string, policy: RateLimitPolicy, cost = 1): Promise<RateLimitDecision> {
    if (this.#awayUntil !== null) {
      if (this.#now() < this.#awayUntil) return this.#meanwhile(key, policy, cost);
      // This one tries; others wait for what it finds in memory.
      this.#awayUntil = this.#now() + restMs;
    }
    try {
      const decision = await this.#shared.check(key, policy, cost);
      if (!this.available) this.#options.onChange?.(null);
      this.#awayUntil = null;
      return decision;
    } catch (cause) {
      if (this.available) this.#options.onChange?.({ cause });
      this.#awayUntil = this.#now() + restMs;
      return this.#meanwhile(key, policy, cost);
    }
  }

  #meanwhile(key: string, policy: RateLimitPolicy, cost: number): Promise<RateLimitDecision> {
    if (policy.failsClosed) {
      throw new AppError("UPSTREAM_UNAVAILABLE", { detail: "Attempts can't be counted at this moment, so none is taken. Try again in a few seconds.", retryAfterSeconds: 2 });
    }
    return this.#own.check(key, { ...policy, limit: Math.ceil(policy.limit / this.#options.replicas) }, cost);
  }
}

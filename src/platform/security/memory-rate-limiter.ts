import type { RateLimitDecision, RateLimiter, RateLimitPolicy } from "./rate-limiter.ts";
import { decide, rolledTo, type Counts } from "./sliding-window.ts";

export interface MemoryRateLimiterOptions {
  /** Epoch milliseconds. */
  now?: () => number;
  /** Keys kept at once; beyond it the one unused for longest is forgotten. */
  maxKeys?: number;
}

/** Counts in this process, in constant memory: at most `maxKeys` keys, each a few hundred bytes. */
export class MemoryRateLimiter implements RateLimiter {
  readonly #now: () => number;
  readonly #maxKeys: number;
  /** In order of last use, oldest first. */
  readonly #counts = new Map<string, Counts>();

  constructor({ now = () => Date.now(), maxKeys = 50_000 }: MemoryRateLimiterOptions = {}) {
    this.#now = now;
    this.#maxKeys = maxKeys;
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#counts.size;
  }

  check(key: string, policy: RateLimitPolicy, cost = 1): Promise<RateLimitDecision> {
    const now = this.#now();
    const counts = rolledTo(Math.floor(now / policy.windowMs), this.#counts.get(key));
    const decision = decide(counts, now, policy, cost, "memory");
    this.#remember(key, decision.allowed ? { ...counts, current: counts.current + cost } : counts);
    return Promise.resolve(decision);
  }

  #remember(key: string, counts: Counts): void {
    this.#counts.delete(key);
    this.#counts.set(key, counts);
    if (this.#counts.size <= this.#maxKeys) return;
    const [oldest] = this.#counts.keys();
    if (oldest !== undefined) this.#counts.delete(oldest);
  }
}

import { Ratelimit } from "@upstash/ratelimit";
import type { RateLimitBackend, RateLimitDecision, RateLimiter, RateLimitPolicy } from "./rate-limiter.ts";
import { ScriptCounts, type ScriptStore } from "./script-counts.ts";
import { decide } from "./sliding-window.ts";

/** Ratelimit wants a client; the algorithm below has its own. */
const refuse = () => Promise.reject(new Error("Limits are counted by a script alone"));
const unused = { evalsha: refuse, get: refuse, set: refuse };

/** What Ratelimit answers, with what it has no place for. */
type Answer = Awaited<ReturnType<Ratelimit["limit"]>> & { decision?: RateLimitDecision };

export interface SharedRateLimiterOptions {
  /** Epoch milliseconds; the store's clock unless given. */
  now?: () => number;
}

/** Counts in a store that all processes share. `check` throws when the store refuses, or doesn't answer in its time. */
export class SharedRateLimiter implements RateLimiter {
  readonly backend: RateLimitBackend;
  readonly #counts: ScriptCounts;
  readonly #limits = new Map<string, Ratelimit>();

  constructor(backend: RateLimitBackend, store: ScriptStore, { now = () => 0 }: SharedRateLimiterOptions = {}) {
    this.backend = backend;
    this.#counts = new ScriptCounts(store, now);
  }

  async check(key: string, policy: RateLimitPolicy, cost = 1): Promise<RateLimitDecision> {
    const { decision, reason }: Answer = await this.#limitOf(policy).limit(key, { rate: cost });
    if (!decision) throw new Error(`The store of rate limits gave no answer: ${reason ?? "unknown"}`);
    return decision;
  }

  #limitOf(policy: RateLimitPolicy): Ratelimit {
    const name = `${policy.name} ${policy.limit} ${policy.windowMs}`;
    const known = this.#limits.get(name);
    if (known) return known;
    const limit = new Ratelimit({
      redis: unused,
      prefix: "tieline:count",
      // Its time-out lets everything through; the store's own, one a round trip, is a failure.
      timeout: 0,
      // A block that it remembers lasts to the window's end, longer than Retry-After says.
      ephemeralCache: false,
      analytics: false,
      limiter: () => ({
        limit: (_context, key, cost = 1) => this.#count(key, policy, cost),
        getRemaining: async (_context, key) => answerOf(await this.#count(key, policy, 0)),
        resetTokens: () => Promise.reject(new Error("Counts are not taken back")),
      }),
    });
    this.#limits.set(name, limit);
    return limit;
  }

  async #count(key: string, policy: RateLimitPolicy, cost: number): Promise<Answer & { decision: RateLimitDecision }> {
    const counted = await this.#counts.count({ key, limit: policy.limit, windowMs: policy.windowMs, cost });
    const decision = decide(counted, counted.now, policy, cost, this.backend);
    return { success: decision.allowed, ...answerOf({ decision }), pending: Promise.resolve(), decision };
  }
}

function answerOf({ decision }: { decision: RateLimitDecision }): { limit: number; remaining: number; reset: number } {
  return { limit: decision.limit, remaining: decision.remaining, reset: decision.resetAt };
}

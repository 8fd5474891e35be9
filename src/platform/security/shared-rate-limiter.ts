import { createHash } from "node:crypto";
import { Ratelimit } from "@upstash/ratelimit";
import { z } from "zod";
import type { RateLimitBackend, RateLimitDecision, RateLimiter, RateLimitPolicy } from "./rate-limiter.ts";
import { decide } from "./sliding-window.ts";

/** What a store of counts must be able to do: @upstash/redis's client does, and that of redis-store.ts. */
export interface ScriptStore {
  /** Throws an error whose text holds NOSCRIPT when the server doesn't know the script. */
  evalsha(sha: string, keys: string[], args: string[]): Promise<unknown>;
  eval(script: string, keys: string[], args: string[]): Promise<unknown>;
}

/**
 * One round trip decides and counts, by the store's own clock (or a given one), so that processes whose clocks differ keep
 * one limit. One hash a key: `w` the window's number, `c` its count, `p` that of the one before.
 */
const script = `
local limit, span, cost, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
if now == 0 then
  local time = redis.call("TIME")
  now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
local window = math.floor(now / span)
local held = redis.call("HMGET", KEYS[1], "w", "c", "p")
local at, current, previous = tonumber(held[1]) or window, tonumber(held[2]) or 0, tonumber(held[3]) or 0
if at < window - 1 then
  at, current, previous = window, 0, 0
elseif at == window - 1 then
  at, current, previous = window, 0, current
end
local used = math.floor((span - (now - window * span)) * previous / span) + current
if cost > 0 and used + cost <= limit then
  redis.call("HSET", KEYS[1], "w", at, "c", current + cost, "p", previous)
  redis.call("PEXPIRE", KEYS[1], span * 2)
end
return {current, previous, now}`;
const sha = createHash("sha1").update(script).digest("hex");

const Counted = z.tuple([z.coerce.number(), z.coerce.number(), z.coerce.number()]);

/** Ratelimit wants a client; the algorithm below has its own. */
const refuse = () => Promise.reject(new Error("Limits are counted by a script alone"));
const unused = { evalsha: refuse, get: refuse, set: refuse };

/** What Ratelimit answers, with what it has no place for. */
type Answer = Awaited<ReturnType<Ratelimit["limit"]>> & { decision?: RateLimitDecision };

export interface SharedRateLimiterOptions {
  /** Longer than this and the store counts as away. */
  timeoutMs: number;
  /** Epoch milliseconds; the store's clock unless given. */
  now?: () => number;
}

/** Counts in a store that all processes share. `check` throws when the store refuses, or doesn't answer in time. */
export class SharedRateLimiter implements RateLimiter {
  readonly backend: RateLimitBackend;
  readonly #store: ScriptStore;
  readonly #options: SharedRateLimiterOptions;
  readonly #limits = new Map<string, Ratelimit>();

  constructor(backend: RateLimitBackend, store: ScriptStore, options: SharedRateLimiterOptions) {
    this.backend = backend;
    this.#store = store;
    this.#options = options;
  }

  async check(key: string, policy: RateLimitPolicy, cost = 1): Promise<RateLimitDecision> {
    const { decision, reason }: Answer = await this.#limitOf(policy).limit(key, { rate: cost });
    // It lets everything through when its time is up: here that is a failure.
    if (!decision) throw new Error(`The store of rate limits gave no answer: ${reason ?? "unknown"}`);
    return decision;
  }

  #limitOf(policy: RateLimitPolicy): Ratelimit {
    const name = `${policy.name} ${policy.limit} ${policy.windowMs}`;
    const known = this.#limits.get(name);
    if (known) return known;
    const limit = new Ratelimit({
      redis: unused,
      prefix: "tieline:limit",
      timeout: this.#options.timeoutMs,
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
    const { limit, windowMs } = policy;
    const args = [limit, windowMs, cost, this.#options.now?.() ?? 0].map(String);
    const [current, previous, now] = Counted.parse(await this.#run([key], args));
    const decision = decide({ current, previous }, now, policy, cost, this.backend);
    return { success: decision.allowed, ...answerOf({ decision }), pending: Promise.resolve(), decision };
  }

  async #run(keys: string[], args: string[]): Promise<unknown> {
    try {
      return await this.#store.evalsha(sha, keys, args);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes("NOSCRIPT")) throw error;
      return this.#store.eval(script, keys, args);
    }
  }
}

function answerOf({ decision }: { decision: RateLimitDecision }): { limit: number; remaining: number; reset: number } {
  return { limit: decision.limit, remaining: decision.remaining, reset: decision.resetAt };
}

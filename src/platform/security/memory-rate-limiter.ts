import { processWide } from "#lib/process-wide.ts";
import type { RateLimitDecision, RateLimiter, RateLimitPolicy } from "./rate-limiter.ts";

/** What was counted for one key: `current` in window number `window`, `previous` in the one before. */
interface Counts {
  window: number;
  current: number;
  previous: number;
}

export interface MemoryRateLimiterOptions {
  /** Epoch milliseconds. */
  now?: () => number;
  /** Keys kept at once; beyond it the one unused for longest is forgotten. */
  maxKeys?: number;
}

/**
 * Sliding window over two fixed windows, the arithmetic of @upstash/ratelimit's slidingWindow, so that a limit means
 * the same on every backend: the previous window counts with the share of it that still lies within `windowMs`, rounded
 * down. Constant memory: at most `maxKeys` keys, each a few hundred bytes.
 */
export class MemoryRateLimiter implements RateLimiter {
  readonly #now: () => number;
  readonly #maxKeys: number;
  /** In order of last use, oldest first. */
  readonly #counts = new Map<string, Counts>();

  constructor({ now = Date.now, maxKeys = 50_000 }: MemoryRateLimiterOptions = {}) {
    this.#now = now;
    this.#maxKeys = maxKeys;
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#counts.size;
  }

  check(key: string, policy: RateLimitPolicy, cost = 1): Promise<RateLimitDecision> {
    const now = this.#now();
    const window = Math.floor(now / policy.windowMs);
    const counts = rolledTo(window, this.#counts.get(key));
    const elapsed = now - window * policy.windowMs;
    const used = Math.floor(((policy.windowMs - elapsed) * counts.previous) / policy.windowMs) + counts.current;
    const allowed = used + cost <= policy.limit;
    if (allowed) counts.current += cost;
    this.#remember(key, counts);
    return Promise.resolve({
      allowed,
      limit: policy.limit,
      remaining: Math.max(0, policy.limit - used - (allowed ? cost : 0)),
      resetAt: (window + 1) * policy.windowMs,
      retryAfterMs: allowed ? 0 : untilAllowed(counts, elapsed, policy, cost),
      backend: "memory",
    });
  }

  #remember(key: string, counts: Counts): void {
    this.#counts.delete(key);
    this.#counts.set(key, counts);
    if (this.#counts.size <= this.#maxKeys) return;
    const [oldest] = this.#counts.keys();
    if (oldest !== undefined) this.#counts.delete(oldest);
  }
}

/** The counts as window number `window` sees them. */
function rolledTo(window: number, counts: Counts | undefined): Counts {
  if (!counts || counts.window < window - 1) return { window, current: 0, previous: 0 };
  if (counts.window === window - 1) return { window, current: 0, previous: counts.current };
  // Also for a clock that was set back: keep counting where we are rather than forgive.
  return counts;
}

/** Milliseconds until `cost` fits, given no other request: in this window, or else in the next. */
function untilAllowed(counts: Counts, elapsedMs: number, { limit, windowMs }: RateLimitPolicy, cost: number): number {
  const inThis = elapsedAt(counts.previous, limit - cost - counts.current, windowMs);
  if (inThis < windowMs) return Math.max(1, inThis - elapsedMs);
  return windowMs - elapsedMs + Math.min(windowMs, elapsedAt(counts.current, limit - cost, windowMs));
}

/** The first whole millisecond of a window at which the weight of `previous` is at most `room`; Infinity when never. */
function elapsedAt(previous: number, room: number, windowMs: number): number {
  if (room < 0) return Infinity;
  if (previous <= room) return 0;
  return windowMs - Math.ceil(((room + 1) * windowMs) / previous) + 1;
}

/** The process's limiter. */
export function rateLimiter(): RateLimiter {
  return processWide<RateLimiter>("rate-limiter", () => new MemoryRateLimiter());
}

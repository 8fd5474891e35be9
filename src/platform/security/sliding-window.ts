import type { RateLimitBackend, RateLimitDecision, RateLimitPolicy } from "./rate-limiter.ts";

/**
 * What was counted for one key: `current` in window number `window` (since the epoch), `previous` in the one before. A
 * window weighs on the next one with the share of it that still lies within the policy's time, rounded down.
 */
export interface Counts {
  window: number;
  current: number;
  previous: number;
}

/** The counts as window number `window` sees them. */
export function rolledTo(window: number, counts: Counts | undefined): Counts {
  if (!counts || counts.window < window - 1) return { window, current: 0, previous: 0 };
  if (counts.window === window - 1) return { window, current: 0, previous: counts.current };
  // Also for a clock that was set back: keep counting where we are rather than forgive.
  return counts;
}

/**
 * The decision on `cost` units at `nowMs`, epoch milliseconds, given what was counted before, rolled to the window of that
 * moment. Every backend decides by it; the script of shared stores does the same arithmetic where the counts are.
 */
export function decide({ current, previous }: Pick<Counts, "current" | "previous">, nowMs: number, policy: RateLimitPolicy, cost: number, backend: RateLimitBackend): RateLimitDecision {
  const { limit, windowMs } = policy;
  const window = Math.floor(nowMs / windowMs);
  const elapsedMs = nowMs - window * windowMs;
  const used = Math.floor(((windowMs - elapsedMs) * previous) / windowMs) + current;
  const allowed = used + cost <= limit;
  return {
    allowed,
    limit,
    remaining: Math.max(0, limit - used - (allowed ? cost : 0)),
    resetAt: (window + 1) * windowMs,
    retryAfterMs: allowed ? 0 : untilAllowed({ current, previous }, elapsedMs, policy, cost),
    backend,
  };
}

/** Milliseconds until `cost` fits, given no other request: in this window, or else in the next. */
function untilAllowed(counts: Pick<Counts, "current" | "previous">, elapsedMs: number, { limit, windowMs }: RateLimitPolicy, cost: number): number {
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

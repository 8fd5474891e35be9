/** How much one principal may do: `limit` units in any `windowMs`, weighted as the limiter's algorithm does. */
export interface RateLimitPolicy {
  name: string;
  limit: number;
  windowMs: number;
  /** True: while the shared store is away nothing is allowed, rather than a share of the limit in each process. */
  failsClosed?: boolean;
}

/** Where it was counted. Memory is this process's own: where there is no shared store, or while it doesn't answer. */
export type RateLimitBackend = "upstash" | "redis" | "memory";

export interface RateLimitDecision {
  allowed: boolean;
  limit: number;
  /** Units left after this decision, never negative. */
  remaining: number;
  /** Epoch milliseconds at which the current window ends, always in the future. */
  resetAt: number;
  /** Milliseconds until the same request would be allowed if nothing else came in between; 0 when it was. */
  retryAfterMs: number;
  /** The database counts what is allowed in a day. */
  backend: RateLimitBackend | "database";
}

export interface RateLimiter {
  /**
   * Counts `cost` units (1 by default, 0 only looks) against `key` under `policy` and says whether they are allowed. A
   * refused call costs nothing. `key` must already be free of personal data: limiters keep it as it is.
   */
  check(key: string, policy: RateLimitPolicy, cost?: number): Promise<RateLimitDecision>;
}

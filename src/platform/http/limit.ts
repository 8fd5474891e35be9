import { createHash } from "node:crypto";
import { AppError } from "#lib/errors.ts";
import type { Principal } from "#platform/auth/principal.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { type LimitName, policyOf } from "#platform/security/limits.ts";
import { rateLimiter } from "#platform/security/memory-rate-limiter.ts";
import type { RateLimitDecision, RateLimitPolicy } from "#platform/security/rate-limiter.ts";
import { limitedNetwork } from "./client-address.ts";

/** What the limiter said about one request. */
export interface Quota {
  policy: RateLimitPolicy;
  decision: RateLimitDecision;
}

/**
 * Counts one request, or `cost` of them, against the named limit; null when the route has none. Never throws for a
 * refusal.
 */
export async function takeFromLimit(name: LimitName, principal: Principal, address: string, cost = 1): Promise<Quota | null> {
  const policy = policyOf(name);
  if (!policy) return null;
  const decision = await rateLimiter().check(limiterKey(policy.name, principal, address), policy, cost);
  const { backend, allowed } = decision;
  metrics().rateLimitDecisions.inc({ policy: name, backend, decision: allowed ? "allowed" : "refused" });
  return { policy, decision };
}

/** SHA-256, hex: the limiter's store learns neither addresses nor user ids. */
export function limiterKey(policyName: string, principal: Principal, address: string): string {
  return createHash("sha256")
    .update(`${policyName}\n${subjectOf(principal, address)}`)
    .digest("hex");
}

function subjectOf(principal: Principal, address: string): string {
  switch (principal.kind) {
    case "anonymous":
      return `address ${limitedNetwork(address)}`;
    case "member":
      return `user ${principal.userId}`;
    case "system":
      return `system ${principal.name}`;
  }
}

/** The error of a refused request: RATE_LIMITED with the whole seconds to wait, at least one. */
export function rateLimited({ decision }: Quota): AppError {
  return new AppError("RATE_LIMITED", { retryAfterSeconds: Math.max(1, Math.ceil(decision.retryAfterMs / 1_000)) });
}

/**
 * The limit as response headers, in both spellings clients know: `X-RateLimit-*` as GitHub sends it (reset in epoch
 * seconds) and draft-ietf-httpapi-ratelimit-headers-11 (q quota, w window, r remaining, t reset, the last in seconds
 * from now). `nowMs` is epoch milliseconds.
 */
export function rateLimitHeaders({ policy, decision }: Quota, nowMs: number): [name: string, value: string][] {
  const { limit, remaining, resetAt, backend } = decision;
  const secondsLeft = Math.max(1, Math.ceil((resetAt - nowMs) / 1_000));
  return [
    ["x-ratelimit-limit", String(limit)],
    ["x-ratelimit-remaining", String(remaining)],
    ["x-ratelimit-reset", String(Math.ceil(resetAt / 1_000))],
    ["x-ratelimit-backend", backend],
    ["ratelimit-policy", `"${policy.name}";q=${limit};w=${policy.windowMs / 1_000}`],
    ["ratelimit", `"${policy.name}";r=${remaining};t=${secondsLeft}`],
  ];
}

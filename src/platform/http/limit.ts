import { anonymous, type Principal } from "#platform/auth/principal.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { type LimitName, LimitReached, type Quota, takeQuota } from "#platform/security/limits.ts";
import { limitedNetwork } from "./client-address.ts";

export { isLimitReached, LimitReached, type Quota } from "#platform/security/limits.ts";

/**
 * Counts one request, or `cost` of them, against the named limit; null when the route has none. Never throws for a
 * refusal.
 */
export async function takeFromLimit(name: LimitName, principal: Principal, address: string, cost = 1): Promise<Quota | null> {
  const quota = await takeQuota(name, limitSubject(principal, address), cost);
  if (quota) {
    const { backend, allowed } = quota.decision;
    metrics().rateLimitDecisions.inc({ policy: name, backend, decision: allowed ? "allowed" : "refused" });
  }
  return quota;
}

/**
 * Throws RATE_LIMITED when an address has shown too many credentials that didn't hold: they are then refused before
 * anybody asks the auth plane or the database about them.
 */
export async function requireTrust(address: string): Promise<void> {
  const quota = await takeFromLimit("credentials", anonymous, address, 0);
  if (quota && quota.decision.remaining === 0) throw new LimitReached({ ...quota, decision: { ...quota.decision, retryAfterMs: quota.decision.resetAt - Date.now() } });
}

/** What a principal's requests are counted by. */
export function limitSubject(principal: Principal, address: string): string {
  switch (principal.kind) {
    case "anonymous":
      return `address ${limitedNetwork(address)}`;
    case "user":
    case "member":
      return `user ${principal.userId}`;
    case "key":
      return `key ${principal.keyId}`;
    case "admin":
      return `admin ${principal.adminId}`;
    case "system":
      return `system ${principal.name}`;
  }
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

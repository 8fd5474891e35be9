import { environment } from "#platform/config/environment.ts";
import type { RateLimitPolicy } from "./rate-limiter.ts";

const minuteMs = 60_000;

/** The closed table of limits a route can name; each counts per principal, or per client address without one. */
const policies = {
  default: () => ({ name: "default", limit: environment().RATE_LIMIT_PER_MINUTE, windowMs: minuteMs }),
  llm: () => ({ name: "llm", limit: environment().RATE_LIMIT_LLM_PER_MINUTE, windowMs: minuteMs }),
  /** For health, metrics and documents that never change: probes must not fail because of a neighbour. */
  none: () => null,
} satisfies Record<string, () => RateLimitPolicy | null>;

export type LimitName = keyof typeof policies;

/** The policy behind a name, with the configured numbers, or null when the route is not limited. */
export function policyOf(name: LimitName): RateLimitPolicy | null {
  return policies[name]();
}

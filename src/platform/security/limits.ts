import { createHash } from "node:crypto";
import { AppError, isAppError } from "#lib/errors.ts";
import { environment } from "#platform/config/environment.ts";
import { rateLimiter } from "./process-limiter.ts";
import type { RateLimitDecision, RateLimitPolicy } from "./rate-limiter.ts";

const minuteMs = 60_000;

/** The closed table of limits, with the configured numbers. A route names one; it counts per principal, or per client address without one. */
const policies = {
  default: () => ({ name: "default", limit: environment().RATE_LIMIT_PER_MINUTE, windowMs: minuteMs }),
  llm: () => ({ name: "llm", limit: environment().RATE_LIMIT_LLM_PER_MINUTE, windowMs: minuteMs }),
  /** Reading the grid's lines: a page of charts asks a dozen times at once. */
  grid: () => ({ name: "grid", limit: 3 * environment().RATE_LIMIT_PER_MINUTE, windowMs: minuteMs }),
  /** Attempts to sign in, right or wrong, of one address; and of one address at one account. While they can't be counted nobody signs in. */
  login: () => ({ name: "login", limit: 20, windowMs: 15 * minuteMs, failsClosed: true }),
  "login-account": () => ({ name: "login-account", limit: 5, windowMs: 15 * minuteMs, failsClosed: true }),
  /** Attempts at one account from everywhere: slows guessing down, and its owner by no more than a minute. */
  "account-attempts": () => ({ name: "account-attempts", limit: 10, windowMs: minuteMs, failsClosed: true }),
  /** Credentials that don't hold, of one address: beyond it they are no longer looked at. */
  credentials: () => ({ name: "credentials", limit: 60, windowMs: minuteMs }),
  /** New accounts of one address. */
  "sign-up": () => ({ name: "sign-up", limit: 10, windowMs: 60 * minuteMs }),
  /** Mail that a request causes, by the address it came from; and to one recipient. */
  mail: () => ({ name: "mail", limit: 10, windowMs: 60 * minuteMs }),
  "mail-recipient": () => ({ name: "mail-recipient", limit: 3, windowMs: 60 * minuteMs }),
  /** For health, metrics and documents that never change: probes must not fail because of a neighbour. */
  none: () => null,
} satisfies Record<string, () => RateLimitPolicy | null>;

export type LimitName = keyof typeof policies;

/** The policy behind a name, with the configured numbers, or null when the route is not limited. */
export function policyOf(name: LimitName): RateLimitPolicy | null {
  return policies[name]();
}

/** SHA-256, hex, of what a limit counts by: the limiter's store learns neither addresses nor user ids. */
export function limiterKey(policyName: string, subject: string): string {
  return createHash("sha256").update(`${policyName}\n${subject}`).digest("hex");
}

/** What the limiter said about one request. */
export interface Quota {
  policy: RateLimitPolicy;
  decision: RateLimitDecision;
}

/** Counts `cost` units against the named limit for a subject; null when there is none. Never throws for a refusal. */
export async function takeQuota(name: LimitName, subject: string, cost = 1): Promise<Quota | null> {
  const policy = policyOf(name);
  return policy && { policy, decision: await rateLimiter().check(limiterKey(policy.name, subject), policy, cost) };
}

/** Counts one unit against the named limit for a subject. Throws RATE_LIMITED when it isn't allowed. */
export async function takeFrom(name: LimitName, subject: string): Promise<void> {
  const quota = await takeQuota(name, subject);
  if (quota && !quota.decision.allowed) throw new LimitReached(quota);
}

/** RATE_LIMITED by a count of requests, with the whole seconds to wait, at least one. */
export class LimitReached extends AppError {
  /** What its response tells of the limit: not that of the route, where another one refused. */
  readonly quota: Quota;

  constructor(quota: Quota, detail?: string) {
    super("RATE_LIMITED", { ...(detail !== undefined && { detail }), retryAfterSeconds: Math.max(1, Math.ceil(quota.decision.retryAfterMs / 1_000)) });
    this.quota = quota;
  }
}

/** By its mark, as isAppError() knows its own. */
export function isLimitReached(error: unknown): error is LimitReached {
  return isAppError(error) && "quota" in error;
}

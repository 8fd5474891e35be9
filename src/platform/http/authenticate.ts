import { createHash, timingSafeEqual } from "node:crypto";
import { AppError, type ErrorCode } from "#lib/errors.ts";
import { system, type Principal } from "#platform/auth/principal.ts";
import { visitorOf } from "#platform/auth/session.ts";
import { environment } from "#platform/config/environment.ts";

interface Authenticator {
  /** Says who sent the request, or throws one of `failures`. What `setCookie` gets goes on the response, whatever it is. */
  authenticate: (request: Request, setCookie: (cookie: string) => void) => Promise<Principal>;
  failures: readonly ErrorCode[];
  /** The OpenAPI security scheme, null when no credential is asked for. */
  scheme: { type: "http"; scheme: "bearer"; description: string } | null;
}

/** The closed table of ways in that a route can name. */
export const authenticators = {
  anyone: { authenticate: visitorOf, failures: ["UPSTREAM_UNAVAILABLE"], scheme: null },
  metrics: {
    authenticate: metricsScraper,
    failures: ["UNAUTHENTICATED", "NOT_FOUND"],
    scheme: { type: "http", scheme: "bearer", description: "The METRICS_TOKEN of this deployment" },
  },
} as const satisfies Record<string, Authenticator>;

export type AuthName = keyof typeof authenticators;

/** The bearer of METRICS_TOKEN. Without that setting there is nothing to find here. */
async function metricsScraper(request: Request): Promise<Principal> {
  const { METRICS_TOKEN: expected } = environment();
  if (!expected) throw new AppError("NOT_FOUND");
  const token = bearerToken(request);
  if (token === null || !equalSecrets(token, expected)) throw new AppError("UNAUTHENTICATED");
  return Promise.resolve(system("metrics"));
}

/** The token of `Authorization: Bearer …` (RFC 6750), or null. The scheme's name is case-insensitive. */
export function bearerToken(request: Request): string | null {
  return /^bearer +([\w.~+/-]+=*)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;
}

/** Compares in a time that says nothing about where, or in length, two secrets differ. */
export function equalSecrets(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

import { AppError } from "#lib/errors.ts";
import { isCsrfToken } from "#platform/auth/csrf-token.ts";
import { environment } from "#platform/config/environment.ts";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses a state-changing request that another site's page caused: as the browser states it in `Sec-Fetch-Site`, or for
 * browsers without that in `Origin`. A request with neither comes from no browser; it passes unless it carries cookies,
 * whose authority such a client has no reason to use. One with an Authorization header borrows no authority and passes.
 * Throws CSRF_FAILED.
 */
export function requireSameOrigin(request: Request): void {
  if (safeMethods.has(request.method) || request.headers.has("authorization")) return;
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const own = site !== null ? site === "same-origin" : origin !== null ? isOwnOrigin(request, origin) : !request.headers.has("cookie");
  if (!own) throw new AppError("CSRF_FAILED");
}

/**
 * Refuses a state-changing request of a browser's session without that session's token in `X-CSRF-Token`, which pages of
 * ours hold. Throws CSRF_FAILED.
 */
export async function requireCsrfToken(request: Request, session: string | null): Promise<void> {
  if (session === null || safeMethods.has(request.method)) return;
  const given = request.headers.get("x-csrf-token");
  if (given === null || !(await isCsrfToken(given, session))) {
    throw new AppError("CSRF_FAILED", { detail: "This page belongs to an earlier session. Reload it and try again." });
  }
}

/**
 * Without APP_URL our host is the one the browser addressed: a page can't choose the Host of the requests it causes,
 * and under another host name the browser would not have sent our cookies. Next's request URL names the address it is
 * bound to instead.
 */
function isOwnOrigin(request: Request, origin: string): boolean {
  // "null" is what sandboxed frames and some redirects send.
  if (!URL.canParse(origin)) return false;
  const { APP_URL: appUrl } = environment();
  if (appUrl) return origin === new URL(appUrl).origin;
  return new URL(origin).host === (request.headers.get("host") ?? new URL(request.url).host);
}

import { AppError } from "#lib/errors.ts";
import { environment } from "#platform/config/environment.ts";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses a state-changing request that carries cookies unless it comes from this site, as the browser states it:
 * `Sec-Fetch-Site: same-origin`, or for browsers without it an `Origin` equal to ours. Requests without cookies hold no
 * authority a third site could borrow. Throws CSRF_FAILED.
 */
export function requireSameOrigin(request: Request): void {
  if (safeMethods.has(request.method) || !request.headers.has("cookie")) return;
  const site = request.headers.get("sec-fetch-site");
  const own = site === null ? isOwnOrigin(request) : site === "same-origin";
  if (!own) throw new AppError("CSRF_FAILED");
}

/**
 * Without APP_URL our host is the one the browser addressed: a page can't choose the Host of the requests it causes,
 * and under another host name the browser would not have sent our cookies. Next's request URL names the address it is
 * bound to instead.
 */
function isOwnOrigin(request: Request): boolean {
  const origin = request.headers.get("origin");
  // "null" is what sandboxed frames and some redirects send.
  if (origin === null || !URL.canParse(origin)) return false;
  const { APP_URL: appUrl } = environment();
  if (appUrl) return origin === new URL(appUrl).origin;
  return new URL(origin).host === (request.headers.get("host") ?? new URL(request.url).host);
}

import { parseCookieHeader } from "@supabase/ssr";
import { adminCookieName, adminOf } from "./admin-session.ts";
import { cookiesOf } from "./caller.ts";
import { sessionCookieNames } from "./session-cookie.ts";
import { readStoredSession } from "./stored-session.ts";
import { verifySession } from "./verify-session.ts";

/** An access token that lasts longer than this is left as it is. */
const refreshBelowSeconds = 60;

/**
 * Renews, before a page is rendered, the sessions whose cookies the page itself could not set: a member's whose access
 * token has run out, and an administrator's that is in use. Answers Set-Cookie values, none in most cases. Never throws:
 * what a session is worth is for the page to find out.
 */
export async function renewSessions(request: Request, admin: boolean): Promise<string[]> {
  const cookies: string[] = [];
  const setCookie = (cookie: string) => void cookies.push(cookie);
  const ignored = () => undefined;
  if (admin && cookiesOf(request).has(adminCookieName())) await adminOf({ request, setCookie }, "viewer").catch(ignored);
  if (sessionCookieNames(request).length > 0) {
    const stored = await readStoredSession(request);
    if (stored && stored.expires_at - Date.now() / 1_000 < refreshBelowSeconds) {
      const session = await verifySession(request).catch(ignored);
      cookies.push(...(session?.cookies ?? []));
    }
  }
  return cookies;
}

/** A Cookie header as the browser will send it once it has taken these Set-Cookie values. */
export function withCookies(header: string | null, setCookies: string[]): string {
  const jar = new Map(parseCookieHeader(header ?? "").map(({ name, value = "" }) => [name, encodeURIComponent(value)]));
  for (const setCookie of setCookies) {
    const [name = "", value = ""] = (setCookie.split(";", 1)[0] ?? "").split(/=(.*)/s, 2);
    if (/; ?max-age=0(;|$)/i.test(setCookie)) jar.delete(name);
    else jar.set(name, value);
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}

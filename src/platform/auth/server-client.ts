import { createServerClient, parseCookieHeader, serializeCookieHeader } from "@supabase/ssr";
import type { SupabaseClient } from "@supabase/supabase-js";
import type { AuthPlane } from "./auth-api.ts";
import { isSessionCookie, sessionCookieName, sessionCookieOptions } from "./session-cookie.ts";

/**
 * A client of the auth plane for one request: it reads the session from the request's cookies and hands every change of
 * it to `setCookie` as a Set-Cookie value. Never give what it answers to a browser: its bodies carry tokens.
 */
export function createSessionClient(
  plane: AuthPlane,
  request: Request,
  setCookie: (cookie: string) => void,
): Pick<SupabaseClient, "auth"> {
  const { maxAge, ...attributes } = sessionCookieOptions();
  return createServerClient(plane.url, plane.publishableKey, {
    cookieOptions: { name: sessionCookieName(), ...attributes },
    global: { fetch: plane.fetch },
    cookies: {
      getAll: () =>
        parseCookieHeader(request.headers.get("cookie") ?? "").map(({ name, value = "" }) => ({ name, value })),
      setAll: (changes) => {
        for (const { name, value, options } of changes) {
          // Verifiers of a flow that brings the browser back with a code, which ours doesn't: links open a page of our own.
          if (!isSessionCookie(name)) continue;
          // @supabase/ssr asks for 400 days and lets nobody choose; 0 removes a cookie.
          const lifetime = options.maxAge === 0 ? 0 : maxAge;
          setCookie(serializeCookieHeader(name, value, { ...options, maxAge: lifetime }));
        }
      },
    },
  });
}

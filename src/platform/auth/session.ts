import { anonymous, type Principal } from "./principal.ts";
import { findActiveOrganisation } from "./queries.ts";
import { askedOrganisation, clearedCookies, sessionCookieNames } from "./session-cookie.ts";
import { db } from "#platform/db/unit-of-work.ts";

/**
 * Who sent the request: the member its session cookies name, in the organisation it asks for if that is one of theirs,
 * else in the one they joined first; anonymous without a session or without an organisation. Cookies that the browser
 * should change go to `setCookie` as Set-Cookie values: a refreshed session, or the end of one that doesn't hold.
 * Costs nothing without a session cookie. Throws UPSTREAM_UNAVAILABLE when the auth plane doesn't answer.
 */
export async function visitorOf(request: Request, setCookie: (cookie: string) => void): Promise<Principal> {
  const names = sessionCookieNames(request);
  if (names.length === 0) return anonymous;
  const { verifySession } = await import("./verify-session.ts");
  const session = await verifySession(request);
  if (session === null) {
    for (const cookie of clearedCookies(names)) setCookie(cookie);
    return anonymous;
  }
  for (const cookie of session.cookies) setCookie(cookie);
  const { userId } = session;
  const asked = askedOrganisation(request);
  const tenantId = await db.as({ kind: "user", userId }, (tx) => findActiveOrganisation(tx, userId, asked));
  return tenantId === null ? anonymous : { kind: "member", userId, tenantId };
}

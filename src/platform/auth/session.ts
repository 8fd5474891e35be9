import { apiKeyOf } from "./api-key.ts";
import type { Attempt, Caller } from "./caller.ts";
import { anonymous } from "./principal.ts";
import { findActiveOrganisation } from "./queries.ts";
import { askedOrganisation, clearedCookies, sessionCookieNames } from "./session-cookie.ts";
import { db } from "#platform/db/unit-of-work.ts";

const nobody: Caller = { principal: anonymous, session: null };

/**
 * Who sent the request: the organisation of its API key; else the user its session cookies name, as a member of the
 * organisation it asks for if that is one of theirs, else of the one they joined first; anonymous without either. Cookies
 * that the browser should change go to `setCookie`: a refreshed session, or the end of one that doesn't hold.
 * Costs nothing without a key or a session cookie. Throws what apiKeyOf throws, and UPSTREAM_UNAVAILABLE when the auth
 * plane doesn't answer.
 */
export async function callerOf(attempt: Attempt): Promise<Caller> {
  const { request, setCookie } = attempt;
  const key = await apiKeyOf(attempt);
  if (key) return { principal: key, session: null };
  const names = sessionCookieNames(request);
  if (names.length === 0) return nobody;
  const { verifySession } = await import("./verify-session.ts");
  const session = await verifySession(request);
  if (session === null) {
    for (const cookie of clearedCookies(names)) setCookie(cookie);
    return { ...nobody, refused: true };
  }
  for (const cookie of session.cookies) setCookie(cookie);
  const { userId, sessionId } = session;
  const asked = askedOrganisation(request);
  const active = await db.as({ kind: "user", userId }, (tx) => findActiveOrganisation(tx, userId, asked));
  return { principal: active ? { kind: "member", userId, ...active } : { kind: "user", userId }, session: sessionId };
}

import { AppError } from "#lib/errors.ts";
import type { AuthPlane } from "./auth-api.ts";
import { authPlane } from "./auth-plane.ts";
import { createSessionClient } from "./server-client.ts";
import { readStoredSession, type StoredSession } from "./stored-session.ts";
import { watchVerdicts } from "./verdict.ts";
import { z } from "zod";
import { environment } from "#platform/config/environment.ts";

const SessionClaims = z.object({ session_id: z.string().min(1) });

export interface VerifiedSession {
  userId: string;
  sessionId: string;
  cookies: string[];
}

/**
 * Asks the auth plane whose session the request's cookies hold, refreshing it where its access token has run out:
 * answers the user's id, the session's own id and the changed cookies, or null when there is no such session (any more).
 * Throws UPSTREAM_UNAVAILABLE when the plane can't say, so that nobody loses a session to a broken network.
 */
export async function verifySession(request: Request): Promise<VerifiedSession | null> {
  const stored = await readStoredSession(request);
  if (stored === null) return null;
  const plane = await openPlane();
  const { SUPABASE_TIMEOUT_MS } = environment();
  const { fetch, failure } = watchVerdicts(plane.fetch, AbortSignal.timeout(SUPABASE_TIMEOUT_MS));
  const refreshing = await refreshBeforehand({ ...plane, fetch }, stored);
  const refused = failure();
  if (refused) throw unavailable(refused);
  if (refreshing === null) return null;
  const cookies: string[] = [];
  const client = createSessionClient({ ...plane, fetch: refreshing }, request, (cookie) => cookies.push(cookie));
  const { data } = await client.auth.getUser();
  const failed = failure();
  if (failed) throw unavailable(failed);
  if (!data.user) return null;
  const { data: { session } } = await client.auth.getSession();
  return { userId: data.user.id, sessionId: sessionIdOf(session?.access_token ?? "") ?? data.user.id, cookies };
}

/** The client library refreshes tokens that last less than 90 seconds; what is refreshed here must be among those. */
const refreshBelowSeconds = 60;

/**
 * Refreshes a session whose access token has run out before the client library does, which prints a session that has
 * ended like a fault. Answers the fetch to give it, null when the plane refuses the session.
 */
async function refreshBeforehand({ url, publishableKey, fetch: call }: AuthPlane, stored: StoredSession): Promise<typeof fetch | null> {
  if (stored.expires_at - Date.now() / 1_000 >= refreshBelowSeconds) return call;
  const address = `${url}/auth/v1/token?grant_type=refresh_token`;
  const headers = { apikey: publishableKey, "content-type": "application/json" };
  const response = await call(address, { method: "POST", headers, body: JSON.stringify({ refresh_token: stored.refresh_token }) });
  if (!response.ok) return null;
  let held: Response | undefined = response;
  return (input, init) => {
    const asked = input instanceof Request ? input.url : input.toString();
    if (held === undefined || asked !== address) return call(input, init);
    const answer = held;
    held = undefined;
    return Promise.resolve(answer);
  };
}

/** The `session_id` claim of an access token that the plane has just accepted (GoTrue gives every one of them one). */
export function sessionIdOf(accessToken: string): string | null {
  try {
    return SessionClaims.parse(JSON.parse(Buffer.from(accessToken.split(".")[1] ?? "", "base64url").toString())).session_id;
  } catch {
    return null;
  }
}

async function openPlane(): Promise<AuthPlane> {
  return authPlane().catch((error: unknown) => Promise.reject(unavailable(error)));
}

function unavailable(cause: unknown): AppError {
  return new AppError("UPSTREAM_UNAVAILABLE", {
    detail: "Your session can't be checked at the moment. Try again, or continue without being signed in.",
    retryAfterSeconds: 5,
    cause,
  });
}

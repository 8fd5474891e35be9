import { AppError } from "#lib/errors.ts";
import type { AuthPlane } from "./auth-api.ts";
import { authPlane } from "./auth-plane.ts";
import { createSessionClient } from "./server-client.ts";
import { readStoredSession } from "./stored-session.ts";
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
  if ((await readStoredSession(request)) === null) return null;
  const plane = await openPlane();
  const { SUPABASE_TIMEOUT_MS } = environment();
  const { fetch, failure } = watchVerdicts(plane.fetch, AbortSignal.timeout(SUPABASE_TIMEOUT_MS));
  const cookies: string[] = [];
  const client = createSessionClient({ ...plane, fetch }, request, (cookie) => cookies.push(cookie));
  const { data } = await client.auth.getUser();
  const failed = failure();
  if (failed) throw unavailable(failed);
  if (!data.user) return null;
  const { data: { session } } = await client.auth.getSession();
  return { userId: data.user.id, sessionId: sessionIdOf(session?.access_token ?? "") ?? data.user.id, cookies };
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
  try {
    return await authPlane();
  } catch (error) {
    throw unavailable(error);
  }
}

function unavailable(cause: unknown): AppError {
  return new AppError("UPSTREAM_UNAVAILABLE", {
    detail: "Your session can't be checked at the moment. Try again, or continue without being signed in.",
    retryAfterSeconds: 5,
    cause,
  });
}

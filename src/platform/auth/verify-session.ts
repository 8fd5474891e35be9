import { AppError } from "#lib/errors.ts";
import type { AuthPlane } from "./auth-api.ts";
import { authPlane } from "./auth-plane.ts";
import { createSessionClient } from "./server-client.ts";
import { holdsSession } from "./stored-session.ts";
import { watchVerdicts } from "./verdict.ts";
import { environment } from "#platform/config/environment.ts";

/**
 * Asks the auth plane whose session the request's cookies hold, refreshing it where its access token has run out:
 * answers the user's id and the changed cookies, or null when there is no such session (any more).
 * Throws UPSTREAM_UNAVAILABLE when the plane can't say, so that nobody loses a session to a broken network.
 */
export async function verifySession(request: Request): Promise<{ userId: string; cookies: string[] } | null> {
  if (!(await holdsSession(request))) return null;
  const plane = await openPlane();
  const { SUPABASE_TIMEOUT_MS } = environment();
  const { fetch, failure } = watchVerdicts(plane.fetch, AbortSignal.timeout(SUPABASE_TIMEOUT_MS));
  const cookies: string[] = [];
  const client = createSessionClient({ ...plane, fetch }, request, (cookie) => cookies.push(cookie));
  const { data } = await client.auth.getUser();
  const failed = failure();
  if (failed) throw unavailable(failed);
  return data.user ? { userId: data.user.id, cookies } : null;
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

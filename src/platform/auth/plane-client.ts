import type { SupabaseClient } from "@supabase/supabase-js";
import { AppError, isAppError } from "#lib/errors.ts";
import { environment } from "#platform/config/environment.ts";
import { authPlane } from "./auth-plane.ts";
import { createSessionClient } from "./server-client.ts";
import { watchVerdicts } from "./verdict.ts";

export type AuthClient = SupabaseClient["auth"];

/** Whose session the plane is asked with, and where its changes go. */
export interface SessionHolder {
  request: Request;
  setCookie: (cookie: string) => void;
}

/** A plane that sends mail over SMTP answers only after that. */
const patience = 3;

/**
 * Asks the auth plane with the session of a request. Throws what `work` throws, and UPSTREAM_UNAVAILABLE when the plane
 * can't be reached, or fails, or has no time.
 */
export async function askPlane<T>({ request, setCookie }: SessionHolder, work: (auth: AuthClient) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(environment().SUPABASE_TIMEOUT_MS * patience);
  let failure = (): Error | null => null;
  try {
    const plane = await authPlane();
    const watched = watchVerdicts(plane.fetch, signal);
    failure = watched.failure;
    const answer = await work(createSessionClient({ ...plane, fetch: watched.fetch }, request, setCookie).auth);
    const failed = failure();
    if (failed) throw failed;
    return answer;
  } catch (error) {
    const failed = failure();
    if (failed === null && isAppError(error)) throw error;
    throw new AppError("UPSTREAM_UNAVAILABLE", {
      detail: "Accounts can’t be reached at the moment, and nothing was changed. Try again in a minute; everything that needs no account works meanwhile.",
      retryAfterSeconds: 5,
      cause: failed ?? error,
    });
  }
}

/** A browser that isn't signed in, whose session nobody keeps: for what proves something and needs no session of its own. */
export function noSession(): SessionHolder {
  return { request: new Request("http://nobody.invalid/"), setCookie: () => undefined };
}

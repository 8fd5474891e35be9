import type { SupabaseClient } from "@supabase/supabase-js";
import { AppError } from "#lib/errors.ts";
import { environment } from "#platform/config/environment.ts";
import { authPlane } from "./auth-plane.ts";
import { createSessionClient } from "./server-client.ts";
import { PlaneFailure, watchVerdicts } from "./verdict.ts";

export type AuthClient = SupabaseClient["auth"];

/** Whose session the plane is asked with, and where its changes go. */
export interface SessionHolder {
  request: Request;
  setCookie: (cookie: string) => void;
}

/** A plane that sends mail over SMTP answers only after that. */
const patience = 3;

/**
 * Asks the auth plane with the session of a request. Throws what `work` throws, UPSTREAM_UNAVAILABLE when the plane can't
 * be reached, or fails, or has no time, and RATE_LIMITED when it has too much to do.
 */
export async function askPlane<T>({ request, setCookie }: SessionHolder, work: (auth: AuthClient) => Promise<T>): Promise<T> {
  const plane = await authPlane().catch((error: unknown) => Promise.reject(unavailable(error)));
  const { fetch, failure } = watchVerdicts(plane.fetch, AbortSignal.timeout(environment().SUPABASE_TIMEOUT_MS * patience));
  const cookies: string[] = [];
  const client = createSessionClient({ ...plane, fetch }, request, (cookie) => cookies.push(cookie));
  const [attempt] = await Promise.allSettled([work(client.auth)]);
  const failed = failure();
  // What the client library makes of a failure is worth nothing, cookies included.
  if (failed) throw unavailable(failed);
  for (const cookie of cookies) setCookie(cookie);
  if (attempt.status === "rejected") throw attempt.reason;
  return attempt.value;
}

function unavailable(cause: unknown): AppError {
  if (cause instanceof PlaneFailure && cause.status === 429) {
    return new AppError("RATE_LIMITED", { detail: "Too many people are signing in at this moment. Try again in a few seconds.", retryAfterSeconds: 5, cause });
  }
  return new AppError("UPSTREAM_UNAVAILABLE", {
    detail: "Accounts can’t be reached at the moment. Try again in a minute; everything that needs no account works meanwhile.",
    retryAfterSeconds: 5,
    cause,
  });
}

/** A browser that isn't signed in, whose session nobody keeps: for what proves something and needs no session of its own. */
export function noSession(): SessionHolder {
  return { request: new Request("http://nobody.invalid/"), setCookie: () => undefined };
}

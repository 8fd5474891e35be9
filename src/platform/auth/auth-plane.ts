import { processWide } from "#lib/process-wide.ts";
import { environment } from "#platform/config/environment.ts";

/** Where accounts and sessions are kept: an API as GoTrue has it, at `url`/auth/v1. */
export interface AuthPlane {
  url: string;
  publishableKey: string;
  /** How its API is called: over HTTP, or inside the process. */
  fetch: typeof fetch;
}

const holder = processWide<{ builtIn: Promise<AuthPlane> | undefined }>("auth-plane", () => ({ builtIn: undefined }));

/**
 * The auth plane: the project at SUPABASE_URL, otherwise Supabase Lite inside the process on the application's own
 * database, loaded at the first call. A failed load is tried again at the next call.
 */
export async function authPlane(): Promise<AuthPlane> {
  const { SUPABASE_URL: url, SUPABASE_PUBLISHABLE_KEY: publishableKey } = environment();
  if (url !== undefined && publishableKey !== undefined) return { url, publishableKey, fetch };
  if (holder.builtIn === undefined) {
    holder.builtIn = import("#platform/auth/lite-plane.ts").then(({ openLite }) => openLite());
    holder.builtIn.catch(() => (holder.builtIn = undefined));
  }
  return holder.builtIn;
}

import { processWide } from "#lib/process-wide.ts";
import type { AuthPlane } from "./auth-api.ts";
import { environment } from "#platform/config/environment.ts";

const holder = processWide<{ builtIn: Promise<AuthPlane> | undefined }>("auth-plane", () => ({ builtIn: undefined }));

/**
 * The auth plane: the project at SUPABASE_URL, otherwise Supabase Lite inside the process on the application's own
 * database, loaded at the first call. A failed load is tried again at the next call.
 */
export async function authPlane(): Promise<AuthPlane> {
  const { SUPABASE_URL: url, SUPABASE_PUBLISHABLE_KEY: publishableKey } = environment();
  if (url !== undefined && publishableKey !== undefined) return { url, publishableKey, fetch: uncached };
  if (holder.builtIn === undefined) {
    holder.builtIn = import("./lite-plane.ts").then(({ openLite }) => openLite());
    holder.builtIn.catch(() => (holder.builtIn = undefined));
  }
  return holder.builtIn;
}

/** Next would otherwise be free to keep answers: one user's session must not become another's. */
const uncached: typeof fetch = (input, init) => fetch(input, { ...init, cache: "no-store" });

import { combineChunks, parseCookieHeader, stringFromBase64URL } from "@supabase/ssr";
import { z } from "zod";
import { sessionCookieName } from "./session-cookie.ts";

/** The part of a stored session that is sent on: the access token in a header, which takes no other characters. */
const StoredSession = z.object({
  access_token: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]*$/),
  refresh_token: z.string().min(1),
  expires_at: z.number(),
});

export type StoredSession = z.infer<typeof StoredSession>;

/**
 * What the request's session cookies hold, null unless it has the form that @supabase/ssr writes. Says nothing about who
 * it is: it keeps what can't be a session from the auth plane, and from the client library, which prints what it can't
 * read.
 */
export async function readStoredSession(request: Request): Promise<StoredSession | null> {
  const cookies = parseCookieHeader(request.headers.get("cookie") ?? "");
  const values = new Map(cookies.map(({ name, value }) => [name, value]));
  try {
    const stored = await combineChunks(sessionCookieName(), (name) => values.get(name) ?? null);
    if (!stored?.startsWith("base64-")) return null;
    return StoredSession.parse(JSON.parse(stringFromBase64URL(stored.slice("base64-".length))));
  } catch {
    return null;
  }
}

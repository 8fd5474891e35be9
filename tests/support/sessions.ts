import { createHmac } from "node:crypto";
import { authPlane } from "#platform/auth/auth-plane.ts";
import { sessionCookieName } from "#platform/auth/session-cookie.ts";
import { sessionIdOf } from "#platform/auth/verify-session.ts";
import { environment } from "#platform/config/environment.ts";
import { createSessionClient } from "#platform/auth/server-client.ts";
import { testOrigin } from "./http.ts";

/** The cookies of one browser. */
export class CookieJar {
  readonly cookies = new Map<string, string>();

  constructor(cookies: Record<string, string> = {}) {
    for (const [name, value] of Object.entries(cookies)) this.cookies.set(name, value);
  }

  /** Takes a Set-Cookie value as a browser does. */
  readonly take = (setCookie: string): void => {
    const [name = "", value = ""] = (setCookie.split(";")[0] ?? "").split(/=(.*)/s, 2);
    if (/max-age=0(;|$)/i.test(setCookie)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  };

  /** The headers of a request that a page of ours sends. */
  get headers(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return { cookie, "sec-fetch-site": "same-origin", ...this.#csrf() };
  }

  /** What a page of the session would hold, as platform/auth/csrf-token.ts makes it. */
  #csrf(): Record<string, string> {
    const session = sessionIdOf(accessTokenOf(this));
    const secret = environment().SESSION_SECRET ?? "";
    return session === null ? {} : { "x-csrf-token": createHmac("sha256", secret).update(`csrf\n${session}`).digest("base64url") };
  }

  /** The same browser with further cookies. */
  with(cookies: Record<string, string>): CookieJar {
    return new CookieJar({ ...Object.fromEntries(this.cookies), ...cookies });
  }
}

/** The auth plane as the server calls it for the jar's browser. */
export async function authOf(jar: CookieJar) {
  return createSessionClient(await authPlane(), new Request(testOrigin, { headers: jar.headers }), jar.take).auth;
}

export const password = "correct horse battery staple";

/** A new account, signed in; answers its id and the browser's cookies. */
export async function signUp(email: string): Promise<{ userId: string; jar: CookieJar }> {
  const jar = new CookieJar();
  const { data, error } = await (await authOf(jar)).signUp({ email, password });
  if (error || !data.user) throw error ?? new Error("No user");
  return { userId: data.user.id, jar };
}

export interface StoredSession {
  access_token: string;
  refresh_token: string;
  expires_at: number;
}

/** What the jar's session cookie holds. */
export function sessionOf(jar: CookieJar): StoredSession {
  const encoded = (jar.cookies.get(sessionCookieName()) ?? "").replace(/^base64-/, "");
  return JSON.parse(Buffer.from(encoded, "base64url").toString()) as StoredSession;
}

function accessTokenOf(jar: CookieJar): string {
  try {
    return sessionOf(jar).access_token;
  } catch {
    return "";
  }
}

/** The jar's browser with its session changed by `change`, which is given what the cookie holds. */
export function withSession(jar: CookieJar, change: (session: StoredSession) => Partial<StoredSession>): CookieJar {
  const session = sessionOf(jar);
  const changed = Buffer.from(JSON.stringify({ ...session, ...change(session) })).toString("base64url");
  return jar.with({ [sessionCookieName()]: `base64-${changed}` });
}

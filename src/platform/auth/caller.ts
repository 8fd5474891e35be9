import type { ApiScope, Principal } from "./principal.ts";

/** Who sent a request. */
export interface Caller {
  principal: Principal;
  /** Id of the session that the browser sent by itself, with its cookies; null for whoever showed a credential on purpose. */
  session: string | null;
  /** True when the request showed a session that doesn't hold. */
  refused?: boolean;
}

/** What an authenticator gets to see. */
export interface Attempt {
  request: Request;
  /** What an API key must be allowed to do here; undefined where keys have no business. */
  scope: ApiScope | undefined;
  /** Takes Set-Cookie values for the response, whatever that is. */
  setCookie: (cookie: string) => void;
}

/** The token of `Authorization: Bearer …` (RFC 6750), or null. The scheme's name is case-insensitive. */
export function bearerToken(request: Request): string | null {
  return /^bearer +([\w.~+/-]+=*)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;
}

/** The request's cookies by name, undecoded; of several with one name the first counts. */
export function cookiesOf(request: Request): Map<string, string> {
  const pairs = (request.headers.get("cookie") ?? "").split(";").map((pair) => {
    const [name = "", value = ""] = pair.trim().split(/=(.*)/s, 2);
    return [name, value] as const;
  });
  const cookies = new Map<string, string>();
  for (const [name, value] of pairs) if (!cookies.has(name)) cookies.set(name, value);
  return cookies;
}

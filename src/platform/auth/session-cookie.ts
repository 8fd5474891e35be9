import { isHttps } from "#platform/config/origin.ts";
import { cookiesOf } from "./caller.ts";

/**
 * The same name whichever project or engine keeps the accounts; long sessions come in chunks, name.0, name.1, …
 * Under https a name that no subdomain and no plain http can set a cookie of.
 */
export function sessionCookieName(): string {
  return isHttps() ? "__Host-tieline_session" : "tieline_session";
}

/** Holds the id of the organisation the user works in; anything but one of their own is ignored. */
export const organisationCookieName = "tieline_organisation";

/** The names of the request's session cookies, each once; empty for almost every visitor. */
export function sessionCookieNames(request: Request): string[] {
  return [...cookiesOf(request).keys()].filter(isSessionCookie);
}

export function isSessionCookie(name: string): boolean {
  const own = sessionCookieName();
  return name.startsWith(own) && /^(\.\d{1,2})?$/.test(name.slice(own.length));
}

/** The organisation that the request asks for, null unless it is a UUID. */
export function askedOrganisation(request: Request): string | null {
  const value = cookiesOf(request).get(organisationCookieName) ?? "";
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? value : null;
}

/** Attributes of session cookies: out of reach of scripts and other sites, for 30 days after the last refresh. */
export function sessionCookieOptions() {
  return {
    httpOnly: true,
    secure: isHttps(),
    sameSite: "lax",
    path: "/",
    maxAge: 30 * 24 * 60 * 60,
  } as const;
}

/** The Set-Cookie value that makes an organisation the one the browser's user works in. */
export function organisationCookie(tenantId: string): string {
  const { secure, maxAge } = sessionCookieOptions();
  return `${organisationCookieName}=${tenantId}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
}

/** Set-Cookie values that take these cookies away from the browser. */
export function clearedCookies(names: string[]): string[] {
  const secure = sessionCookieOptions().secure ? "; Secure" : "";
  return names.map((name) => `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`);
}

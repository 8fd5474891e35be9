import { headers } from "next/headers";
import { cache } from "react";
import { isAppError } from "#lib/errors.ts";
import type { Caller } from "#platform/auth/caller.ts";
import { adminOf, type AdminInSession } from "#platform/auth/admin-session.ts";
import { csrfToken } from "#platform/auth/csrf-token.ts";
import { anonymous, type Principal } from "#platform/auth/principal.ts";
import { callerOf } from "#platform/auth/session.ts";

/** Who reads the page, and the token that changes made from it carry; null where there is no session to borrow. */
export interface Viewer<P extends Principal = Principal> {
  principal: P;
  csrf: string | null;
  /** Somebody may be signed in, but accounts can't be reached to say who. */
  accountsAway?: true;
}

export type AdminViewer = Viewer<AdminInSession>;

const ignored = () => undefined;

/** The reader of this page, verified once a request; anonymous while accounts can't be reached. */
export const getViewer = cache(async (): Promise<Viewer> => {
  try {
    return await withToken(await callerOf({ request: await pageRequest(), scope: undefined, setCookie: ignored }));
  } catch (error) {
    if (!isAppError(error)) throw error;
    const away = error.code === "UPSTREAM_UNAVAILABLE" || error.code === "DATABASE_UNAVAILABLE";
    return { principal: anonymous, csrf: null, ...(away ? { accountsAway: true } : {}) };
  }
});

/** The administrator who reads this page, null for everybody else. */
export const getAdminViewer = cache(async (): Promise<AdminViewer | null> => {
  try {
    return await withToken(await adminOf({ request: await pageRequest(), setCookie: ignored }, "viewer"));
  } catch (error) {
    if (isAppError(error) && error.code === "ADMIN_FORBIDDEN") return null;
    throw error;
  }
});

async function withToken<P extends Principal>({ principal, session }: Caller & { principal: P }): Promise<Viewer<P>> {
  return { principal, csrf: session === null ? null : await csrfToken(session) };
}

/** The request as the authenticators read it: its headers are all that counts. */
export async function pageRequest(): Promise<Request> {
  return new Request("http://page.invalid/", { headers: await headers() });
}

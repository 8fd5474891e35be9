import { createHmac, timingSafeEqual } from "node:crypto";
import { appSecrets } from "./app-secrets.ts";

/**
 * The token that a page of this browser session sends with what changes something: an HMAC of the session's id, so that
 * nothing is stored, and no other session's token fits. Another site can neither read nor make it.
 */
export async function csrfToken(session: string): Promise<string> {
  const { session: [current] } = await appSecrets();
  return tokenOf(session, current);
}

/** Whether `given` is that session's token, by the current secret or the previous one. */
export async function isCsrfToken(given: string, session: string): Promise<boolean> {
  const { session: secrets } = await appSecrets();
  return secrets.some((secret) => equal(given, tokenOf(session, secret)));
}

function tokenOf(session: string, secret: string): string {
  return createHmac("sha256", secret).update(`csrf\n${session}`).digest("base64url");
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

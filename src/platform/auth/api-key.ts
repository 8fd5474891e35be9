import { createHash, randomBytes } from "node:crypto";
import { AppError } from "#lib/errors.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { bearerToken, type Attempt } from "./caller.ts";
import { system, type ApiKey } from "./principal.ts";
import { useApiKey } from "./queries.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const secretLength = 40;
const pattern = /^tl_[A-Za-z0-9]{40}$/;

/** A new key: `tl_` and 40 characters, 238 random bits. The key itself is shown once and stored nowhere. */
export function makeApiKey(): { key: string; prefix: string; hash: Buffer } {
  // 248 is the largest multiple of 62 that a byte can exceed: the rest would make some characters likelier.
  const bytes = [...randomBytes(secretLength * 2)].filter((byte) => byte < 248).slice(0, secretLength);
  if (bytes.length < secretLength) return makeApiKey();
  const key = `tl_${bytes.map((byte) => alphabet[byte % alphabet.length]).join("")}`;
  return { key, prefix: key.slice(0, 9), hash: hashApiKey(key) };
}

/** SHA-256 of a key: what is stored. A random key needs no slow hash. */
export function hashApiKey(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

/**
 * The organisation's program whose key the request shows; null when it shows none. Throws UNAUTHENTICATED for a key that
 * doesn't exist (any more), TENANT_FORBIDDEN for one that isn't allowed what the route does.
 */
export async function apiKeyOf({ request, scope }: Attempt): Promise<ApiKey | null> {
  const token = bearerToken(request);
  if (!token?.startsWith("tl_")) return null;
  const found = pattern.test(token) ? await db.as(system("api-keys"), (tx) => useApiKey(tx, hashApiKey(token))) : null;
  if (!found) throw new AppError("UNAUTHENTICATED", { detail: "This API key doesn't exist or was revoked. Create one under Organisation, API keys." });
  if (scope === undefined) throw new AppError("TENANT_FORBIDDEN", { detail: "API keys can't do this. Sign in instead." });
  if (!found.scopes.includes(scope)) throw new AppError("TENANT_FORBIDDEN", { detail: `This API key lacks the scope "${scope}". Create one that has it.` });
  return { kind: "key", keyId: found.id, tenantId: found.tenant_id };
}

import { createHash } from "node:crypto";
import jwt from "jsonwebtoken";
import { z } from "zod";

const issuer = "tieline";
const audience = "tieline-admin";

/** How long a token is good for after it was issued; a used session gets a new one every minute or so. */
export const adminTokenSeconds = 30 * 60;

const Payload = z.object({ sub: z.uuid(), jti: z.string().regex(/^[\w-]{43}$/), exp: z.number(), iat: z.number() });

export interface AdminToken {
  adminId: string;
  /** The session's id: 256 random bits, base64url. */
  sessionId: string;
}

/** Signs a token (JWT, HS256) with the current secret; it ends at `notAfter` at the latest. */
export function signAdminToken({ adminId, sessionId }: AdminToken, secret: string, notAfter: Date): string {
  const seconds = Math.min(adminTokenSeconds, Math.floor((notAfter.getTime() - Date.now()) / 1_000));
  return jwt.sign({}, secret, {
    algorithm: "HS256", keyid: keyIdOf(secret), issuer, audience, subject: adminId, jwtid: sessionId, expiresIn: Math.max(1, seconds),
  });
}

/** What a token says, or null when it isn't one of ours, was changed, or has run out. `secrets` are those believed. */
export function readAdminToken(token: string, secrets: readonly string[]): AdminToken | null {
  const header = jwt.decode(token, { complete: true })?.header;
  const secret = secrets.find((candidate) => keyIdOf(candidate) === header?.kid);
  if (secret === undefined) return null;
  try {
    const verified = jwt.verify(token, secret, { algorithms: ["HS256"], issuer, audience, maxAge: adminTokenSeconds });
    const payload = Payload.safeParse(verified);
    return payload.success ? { adminId: payload.data.sub, sessionId: payload.data.jti } : null;
  } catch {
    return null;
  }
}

/** Names a secret without giving it away. */
function keyIdOf(secret: string): string {
  return createHash("sha256").update(`kid\n${secret}`).digest("hex").slice(0, 16);
}

import { randomBytes } from "node:crypto";
import { z } from "zod";
import { secretFile } from "./secret-file.ts";

const LiteSecrets = z.object({
  /** Signs access tokens (HS256). Another one ends all sessions at their next refresh. */
  jwtSecret: z.string().min(43),
  /** What callers of the auth API show, as a hosted project asks for it. */
  publishableKey: z.string().min(20),
});
export type LiteSecrets = z.infer<typeof LiteSecrets>;

/** The secrets of Supabase Lite in `file`, made at the first call. Throws when the file holds something else. */
export function liteSecrets(file: string): Promise<LiteSecrets> {
  const make = () => ({ jwtSecret: randomBytes(48).toString("base64url"), publishableKey: `sb_publishable_${randomBytes(24).toString("base64url")}` });
  return secretFile(file, LiteSecrets, make, "everybody is signed out then.");
}

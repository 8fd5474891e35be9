import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

const LiteSecrets = z.object({
  /** Signs access tokens (HS256). Another one ends all sessions at their next refresh. */
  jwtSecret: z.string().min(43),
  /** What callers of the auth API show, as a hosted project asks for it. */
  publishableKey: z.string().min(20),
});
export type LiteSecrets = z.infer<typeof LiteSecrets>;

/**
 * The secrets of Supabase Lite in `file`, made at the first call and readable by the user alone. Processes that start
 * together end up with the same ones. Throws when the file holds something else.
 */
export async function liteSecrets(file: string): Promise<LiteSecrets> {
  const known = await read(file);
  if (known) return known;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const made = { jwtSecret: randomBytes(48).toString("base64url"), publishableKey: `sb_publishable_${randomBytes(24).toString("base64url")}` };
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, JSON.stringify(made), { mode: 0o600, flag: "wx" });
  try {
    // Unlike rename, link fails when another process was first; and nobody ever reads half a file.
    await link(draft, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return (await read(file)) ?? made;
}

async function read(file: string): Promise<LiteSecrets | undefined> {
  try {
    return LiteSecrets.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw new Error(`${file} doesn't hold the secrets of accounts. Restore it, or delete it to sign everybody out.`, { cause: error });
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

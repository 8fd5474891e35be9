import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { z } from "zod";

/**
 * Secrets that this installation made for itself, in `file`: made at the first call and readable by the user alone.
 * Processes that start together end up with the same ones. Throws, saying what `loss` means, when the file holds something
 * else.
 */
export async function secretFile<T>(file: string, schema: z.ZodType<T>, make: () => T, loss: string): Promise<T> {
  const known = await read(file, schema, loss);
  if (known !== undefined) return known;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const made = make();
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
  return (await read(file, schema, loss)) ?? made;
}

async function read<T>(file: string, schema: z.ZodType<T>, loss: string): Promise<T | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw new Error(`${file} doesn't hold the secrets it should. Restore it, or delete it: ${loss}`, { cause: error });
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

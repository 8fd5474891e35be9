import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { hashEntry } from "./content-hash.ts";
import { HelpBody, HelpFrontMatter } from "./schema.ts";

export const helpFolder = join("supabase", "seed", "help");

export interface SeedEntry extends z.infer<typeof HelpFrontMatter> {
  body: string;
  /** SHA-256 of everything above. */
  hash: string;
  modifiedAt: Date;
}

/**
 * Reads the checked-in help entries, in the order of their ids. Throws with the file's name when one has no front
 * matter, doesn't fit the schema, or is named otherwise than its id.
 */
export async function readSeedEntries(folder = helpFolder): Promise<SeedEntry[]> {
  const files = (await readdir(/* turbopackIgnore: true */ folder)).filter((file) => file.endsWith(".md")).sort();
  return Promise.all(
    files.map(async (file) => {
      const path = join(/* turbopackIgnore: true */ folder, file);
      const entry = parseEntry(file, await readFile(path, "utf8"));
      return { ...entry, modifiedAt: (await stat(path)).mtime };
    }),
  );
}

/** One file: YAML between two lines of three hyphens, then Markdown. */
export function parseEntry(file: string, text: string): Omit<SeedEntry, "modifiedAt"> {
  const [, frontMatter, body] = /^---\r?\n(.*?)\r?\n---\r?\n(.*)$/s.exec(text) ?? [];
  if (frontMatter === undefined || body === undefined) throw new Error(`${file} has no front matter`);
  const parsed = HelpFrontMatter.extend({ body: HelpBody }).safeParse({
    ...z.record(z.string(), z.unknown()).parse(parse(frontMatter)),
    body: body.trim(),
  });
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  if (file !== `${parsed.data.id}.md`) throw new Error(`${file} holds the entry ${parsed.data.id}; name it ${parsed.data.id}.md`);
  return { ...parsed.data, hash: hashEntry(parsed.data) };
}

import { createHash } from "node:crypto";
import type { z } from "zod";
import type { HelpFrontMatter } from "./schema.ts";

/** SHA-256, hex, of an entry's content, in a fixed order of fields. */
export function hashEntry(entry: z.infer<typeof HelpFrontMatter> & { body: string }): string {
  const { id, title, short, topic, tags, sources, body, language, translates, questions } = entry;
  return createHash("sha256").update(JSON.stringify([id, title, short, topic, tags, sources, body, language, translates ?? null, questions])).digest("hex");
}

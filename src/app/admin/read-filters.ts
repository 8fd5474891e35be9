import type { z } from "zod";
import { findUnstorable } from "#lib/storable-text.ts";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/**
 * A list's filters as the address holds them. What the schema doesn't take, an empty field of the form among it, is left
 * out: a page shows what it can instead of refusing a link that was typed wrong.
 */
export function readFilters<Schema extends z.ZodType>(schema: Schema, params: Awaited<SearchParams>): z.output<Schema> {
  const given = Object.entries(params).flatMap(([name, value]) => (typeof value === "string" && value.trim() !== "" && findUnstorable(value) === null ? [[name, value] as const] : []));
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const wrong = new Set(parsed.error.issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? issue.keys : issue.path.slice(0, 1).map(String))));
  return schema.parse(Object.fromEntries(given.filter(([name]) => !wrong.has(name))));
}

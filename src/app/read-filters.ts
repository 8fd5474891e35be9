import type { z } from "zod";
import { findUnstorable } from "#lib/storable-text.ts";

type Params = Record<string, string | string[] | undefined>;
export type SearchParams = Promise<Params>;

interface Filters<Query> {
  query: Query;
  /** As they stand in the address, without the place in the list: what the form shows and links keep. */
  given: Record<string, string>;
  /** Where in the list this page begins. */
  cursor: string | undefined;
  /** Names of filters that were left out because their values make no sense. */
  refused: string[];
}

/**
 * A list's filters as the address holds them, with what a page needs to show them, link on, and say what it left out. What
 * the schema doesn't take, an empty field of the form among it, is left out: a page shows what it can instead of refusing a
 * link that was typed wrong.
 */
export function readListFilters<Schema extends z.ZodType>(schema: Schema, params: Params): Filters<z.output<Schema>> {
  const all = Object.entries(params).flatMap(([name, value]) => (typeof value === "string" && value.trim() !== "" && findUnstorable(value) === null ? [[name, value] as const] : []));
  const issues = schema.safeParse(Object.fromEntries(all)).error?.issues ?? [];
  const unknown = new Set(issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? issue.keys : [])));
  const wrong = new Set(issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? [] : issue.path.slice(0, 1).map(String))));
  const kept: Record<string, string> = Object.fromEntries(all.filter(([name]) => !unknown.has(name) && !wrong.has(name)));
  const { cursor, limit: _limit, ...given } = kept;
  return { query: schema.parse(kept), given, cursor, refused: [...wrong] };
}

import type { Admin } from "#platform/auth/principal.ts";
import { textCache } from "#platform/cache/text-cache.ts";
import { db } from "#platform/db/unit-of-work.ts";
import * as queries from "./figure-queries.ts";

/** Days that the console's figures look back. */
export const figureDays = 30;

export interface SafeguardFigures {
  /** Where answers are kept. */
  cacheBackend: "redis" | "memory";
  cache: queries.CacheFigure[];
  redactions: queries.CountOf[];
  refusals: queries.CountOf[];
}

/** What cache, redaction and refusals did in the last 30 days, from the books. */
export function readSafeguards(admin: Admin): Promise<SafeguardFigures> {
  return db.as(admin, async (tx) => ({
    cacheBackend: textCache().backend,
    cache: await queries.listCacheFigures(tx, figureDays),
    redactions: await queries.listRedactions(tx, figureDays),
    refusals: await queries.listRefusals(tx, figureDays),
  }));
}

/** Calls of the last 30 days by `id@version` of their prompt. */
export async function readPromptCalls(admin: Admin): Promise<Map<string, number>> {
  const rows = await db.as(admin, (tx) => queries.listPromptCalls(tx, figureDays));
  return new Map(rows.map(({ name, count }) => [name, count]));
}

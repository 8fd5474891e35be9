import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";

export interface QuotaDecision {
  allowed: boolean;
  used: number;
  resets_at: Date;
}

/** Counts one call of a subject against the daily quota of its kind; null when that kind has none. */
export async function countCallOfDay(tx: Tx, kind: string, subject: string): Promise<QuotaDecision | null> {
  const { rows } = await sql<QuotaDecision>`
    select counted.allowed, counted.used, counted.resets_at
    from app.llm_quotas quota cross join lateral app.llm_rl_increment(${subject}, 86400, quota.calls_per_day, 1) counted
    where quota.principal_kind = ${kind}`.execute(tx);
  return rows[0] ?? null;
}

/** Forgets windows that began before a time; answers how many. */
export async function purgeWindows(tx: Tx, before: Date): Promise<number> {
  const { numDeletedRows } = await tx.deleteFrom("app.llm_rate_limit").where("window_starts_at", "<", before).executeTakeFirst();
  return Number(numDeletedRows);
}

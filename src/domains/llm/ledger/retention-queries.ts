import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";

/** Drops months of the ledger that ended before a time; answers how many. */
export async function dropMonths(tx: Tx, before: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`select app.drop_call_months(${before}) as n`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** Deletes calls from before a time, so many at most; answers how many. */
export async function deleteCalls(tx: Tx, before: Date, limit: number): Promise<number> {
  const { rows } = await sql`
    delete from app.llm_call_log where id in (select id from app.llm_call_log where id < app.uuid_v7_floor(${before}) order by id limit ${limit}) returning 1`.execute(tx);
  return rows.length;
}

/** Deletes what was said of calls before a time; answers how much. */
export async function deleteFeedback(tx: Tx, before: Date): Promise<number> {
  const { numDeletedRows } = await tx.deleteFrom("app.llm_feedback").where("created_at", "<", before).executeTakeFirst();
  return Number(numDeletedRows);
}

/** Counts the daily figures anew. */
export async function refreshDailySpend(tx: Tx): Promise<void> {
  await sql`select app.refresh_llm_daily_spend()`.execute(tx);
}

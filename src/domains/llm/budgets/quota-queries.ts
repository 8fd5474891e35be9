import type { Tx } from "#platform/db/unit-of-work.ts";

/** Forgets windows that began before a time; answers how many. */
export async function purgeWindows(tx: Tx, before: Date): Promise<number> {
  const { numDeletedRows } = await tx.deleteFrom("app.llm_rate_limit").where("window_starts_at", "<", before).executeTakeFirst();
  return Number(numDeletedRows);
}

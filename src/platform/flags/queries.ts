import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";

export interface FlagState {
  enabled: boolean;
  /** 0 to 100. */
  rolloutPercent: number;
  updatedAt: Date;
}

/** The flags that somebody has switched, by key. */
export async function listFlagStates(tx: Tx): Promise<Map<string, FlagState>> {
  const rows = await tx.selectFrom("app.feature_flags").selectAll().execute();
  return new Map(rows.map(({ key, enabled, rollout_percent, updated_at }) => [key, { enabled, rolloutPercent: rollout_percent, updatedAt: updated_at }]));
}

export async function upsertFlag(tx: Tx, key: string, { enabled, rolloutPercent }: Pick<FlagState, "enabled" | "rolloutPercent">): Promise<void> {
  const values = { enabled, rollout_percent: rolloutPercent, updated_at: sql<Date>`now()` };
  await tx.insertInto("app.feature_flags").values({ key, ...values }).onConflict((conflict) => conflict.column("key").doUpdateSet(values)).execute();
}

/** Lets switches take turns, so that each one's audit tells what it found. */
export async function lockFlags(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('feature flags', 0))`.execute(tx);
}

import { z } from "zod";
import { system } from "#platform/auth/principal.ts";
import { environment } from "#platform/config/environment.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { defineJob } from "#platform/queue/queue.ts";
import { purgeWindows } from "./budgets/quota-queries.ts";
import { expireReservations } from "./budgets/reservation-queries.ts";
import { ensureMonth } from "./ledger/call-queries.ts";
import { deleteCalls, deleteFeedback, dropMonths, refreshDailySpend } from "./ledger/retention-queries.ts";

const dayMs = 24 * 3_600_000;
const rowsAtOnce = 2_000;
const keeper = system("llm.keeper");
const nothing = z.object({});

/** Charges calls whose lease ran out, as after the end of a process that made them, the most that they could have cost. */
const expire = defineJob({
  name: "llm.expire",
  data: nothing,
  schedule: "* * * * *",
  retries: 0,
  single: true,
  handle: async () => {
    await db.as(keeper, (tx) => ensureMonth(tx, new Date()));
    const settled = await db.as(keeper, (tx) => expireReservations(tx, rowsAtOnce));
    return settled === 0 ? null : { settled };
  },
});

/** Counts the daily spend anew. */
const refresh = defineJob({
  name: "llm.refresh",
  data: nothing,
  schedule: "*/10 * * * *",
  retries: 0,
  single: true,
  handle: async () => {
    await db.as(keeper, refreshDailySpend);
    return null;
  },
});

/** Makes the partition of the month to come, and deletes what has been kept for long enough. */
const purge = defineJob({
  name: "llm.purge",
  data: nothing,
  schedule: "41 7 * * *",
  retries: 3,
  single: true,
  handle: async (_, signal) => {
    const { LLM_CALL_RETENTION_DAYS, LLM_FEEDBACK_RETENTION_DAYS } = environment();
    const now = new Date();
    await db.as(keeper, async (tx) => {
      await ensureMonth(tx, now);
      await ensureMonth(tx, new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)));
    });
    const before = (days: number) => new Date(now.getTime() - days * dayMs);
    const months = await db.as(keeper, (tx) => dropMonths(tx, before(LLM_CALL_RETENTION_DAYS)));
    let calls = 0;
    for (let deleted = rowsAtOnce; deleted === rowsAtOnce && !signal.aborted; calls += deleted) {
      deleted = await db.as(keeper, (tx) => deleteCalls(tx, before(LLM_CALL_RETENTION_DAYS), rowsAtOnce));
    }
    const feedback = await db.as(keeper, (tx) => deleteFeedback(tx, before(LLM_FEEDBACK_RETENTION_DAYS)));
    const windows = await db.as(keeper, (tx) => purgeWindows(tx, before(2)));
    return months + calls + feedback + windows === 0 ? null : { months, calls, feedback, windows };
  },
});

/** Every job of this domain. */
export const llmJobs = [expire, refresh, purge];

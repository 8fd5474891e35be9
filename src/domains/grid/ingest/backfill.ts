import { ingest } from "./ingest.ts";
import { system } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import * as queries from "#domains/grid/health/source-queries.ts";
import type { Source } from "#domains/grid/sources/source.ts";

const dayMs = 24 * 3_600_000;

/**
 * How far back a source's past is fetched when it comes on, and how much of it in one run: thirteen months where a few
 * documents hold them, less where each hour or day is a document of its own. The others publish nothing but the present.
 */
export const pasts: Readonly<Record<string, { days: number; stepDays: number }>> = {
  "ieso.demand": { days: 400, stepDays: 400 },
  "ieso.output-by-fuel": { days: 400, stepDays: 400 },
  "ieso.realtime-totals": { days: 7, stepDays: 1 },
  "ieso.zonal-price": { days: 7, stepDays: 1 },
  "ieso.generator-output": { days: 30, stepDays: 5 },
  "ieso.intertie-flow": { days: 30, stepDays: 5 },
  "ieso.day-ahead-zonal-price": { days: 90, stepDays: 15 },
  "ieso.adequacy": { days: 30, stepDays: 5 },
  "aeso.pool-price": { days: 400, stepDays: 100 },
  "aeso.internal-load": { days: 400, stepDays: 31 },
  "aeso.smp": { days: 90, stepDays: 31 },
  "open-meteo.weather": { days: 400, stepDays: 92 },
  "msc.weather": { days: 400, stepDays: 31 },
};

const daysAtMost = 400;

/** Failures in a row after which a step of a source's past is left out. */
const failuresAtMost = 5;

/** Seconds to wait before a source's past is fetched on; null when there is none, or all of it is here. */
export function backfillDelay({ id, endedAt }: Pick<Source, "id" | "endedAt">, state: queries.ScheduledState | null): number | null {
  if (endedAt || !state?.enabled || state.backfilledAt !== null || !(id in pasts)) return null;
  return state.backfillFailures === 0 ? 0 : 300 * 2 ** Math.min(state.backfillFailures - 1, 7);
}

export interface Backfilled {
  /** Runs that were made. */
  runs: number;
  inserted: number;
  done: boolean;
}

const backfiller = system("grid.backfill");

/**
 * Fetches a source's past, the newest first, a step at a time, until all of it is here, a step fails or it is stopped; the
 * next call goes on where this one ended. What the publisher no longer keeps ends it. After a gap, its time is the past.
 */
export async function backfill(source: Source, signal: AbortSignal): Promise<Backfilled> {
  const past = pasts[source.id];
  const outcome: Backfilled = { runs: 0, inserted: 0, done: past === undefined };
  if (!past) return outcome;
  const state = (await db.as(backfiller, queries.listSourceStates)).find((each) => each.source === source.id);
  if (!state || state.backfilledAt !== null) return { ...outcome, done: true };
  const now = Date.now();
  const earliest = new Date(Math.max(state.gapFrom?.getTime() ?? now - past.days * dayMs, now - daysAtMost * dayMs));
  let to = state.backfilledFrom ?? new Date(now);
  let failures = state.backfillFailures;
  while (!outcome.done && !signal.aborted) {
    const from = new Date(Math.max(earliest.getTime(), to.getTime() - past.stepDays * dayMs));
    if (from >= to) {
      await db.as(backfiller, (tx) => queries.noteBackfill(tx, source.id, { from: null, failed: false, done: true }));
      return { ...outcome, done: true };
    }
    const run = await ingest(source, { cause: "backfill", range: { from, to }, signal });
    if (run.outcome === "stopped" || run.outcome === "busy") return outcome;
    outcome.runs += 1;
    outcome.inserted += run.inserted;
    // A step that fails again and again is left out: the one before it may still be had.
    if (run.outcome === "failed" && failures + 1 < failuresAtMost) {
      await db.as(backfiller, (tx) => queries.noteBackfill(tx, source.id, { from: null, failed: true, done: false }));
      return outcome;
    }
    failures = 0;
    // Nothing at all in a whole step: the publisher keeps no more.
    const nothingLeft = run.documents > 0 && run.missing === run.documents;
    outcome.done = from <= earliest || nothingLeft;
    await db.as(backfiller, (tx) => queries.noteBackfill(tx, source.id, { from, failed: false, done: outcome.done }));
    to = from;
  }
  return outcome;
}

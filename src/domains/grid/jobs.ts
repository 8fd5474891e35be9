import { z } from "zod";
import { system } from "#platform/auth/principal.ts";
import { environment } from "#platform/config/environment.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { stopping } from "#platform/process/shutdown.ts";
import { defineJob, enqueue } from "#platform/queue/queue.ts";
import { backfill, backfillDelay } from "#domains/grid/ingest/backfill.ts";
import { ingest } from "#domains/grid/ingest/ingest.ts";
import { purgePayloads } from "#domains/grid/ingest/observation-queries.ts";
import { nextRunAt } from "#domains/grid/ingest/schedule.ts";
import { checkSources, dueChecks } from "#domains/grid/ingest/source-checks.ts";
import * as queries from "#domains/grid/health/source-queries.ts";
import { obstacleOf } from "#domains/grid/health/source-words.ts";
import { findSource, sources } from "#domains/grid/sources/registry.ts";
import { purgeNews, upsertStreams } from "#domains/grid/streams/stream-queries.ts";
import { streams, streamWindowMs } from "#domains/grid/streams/streams.ts";

const dayMs = 24 * 3_600_000;
const scheduler = system("grid.due");
const SourceJob = z.object({ source: z.string() });

/** Until the process stops, the queue gives up, or for so long: whichever comes first. What is left is the next job's. */
const within = (signal: AbortSignal, mostMs: number) => AbortSignal.any([signal, stopping(), AbortSignal.timeout(mostMs)]);

/** Asks a source for what is new. */
export const ingestJob = defineJob({
  name: "grid.ingest",
  data: SourceJob,
  retries: 0,
  single: true,
  atOnce: 3,
  handle: async ({ source: id }, signal) => {
    const source = findSource(id);
    const obstacle = source === null ? "There is no such source." : obstacleOf(source);
    if (!source || obstacle !== null) return { source: id, outcome: "off", obstacle };
    const { outcome, documents, inserted, revised, error } = await ingest(source, { cause: "schedule", signal: within(signal, 10 * 60_000) });
    return { source: id, outcome, documents, inserted, revised, ...(error === null ? {} : { error }) };
  },
});

/** Tries sources that are off. */
export const checkJob = defineJob({
  name: "grid.check",
  data: z.object({ all: z.boolean().default(false) }),
  retries: 0,
  single: true,
  handle: async ({ all }, signal) => {
    const checked = await checkSources({ all, signal: within(signal, 10 * 60_000) });
    return checked.asked.length === 0 ? null : { ...checked };
  },
});

/** Fetches the past of a source that has come on, some minutes at a time. */
export const backfillJob = defineJob({
  name: "grid.backfill",
  data: SourceJob,
  retries: 0,
  single: true,
  handle: async ({ source: id }, signal) => {
    const source = findSource(id);
    if (!source || obstacleOf(source) !== null) return null;
    const { runs, inserted, done } = await backfill(source, within(signal, 4 * 60_000));
    return { source: id, runs, inserted, done };
  },
});

/** Enqueues what is due, every minute. */
export const dueJob = defineJob({
  name: "grid.due",
  data: z.object({}),
  schedule: "* * * * *",
  retries: 0,
  single: true,
  handle: async () => {
    if (environment().GRID_INGEST === "off") return null;
    return (await enqueueDue(new Date())) ? {} : null;
  },
});

/** Enqueues runs, checks and the fetching of the past for the sources that they are due for; answers whether there were any. */
export async function enqueueDue(now: Date): Promise<boolean> {
  return db.as(scheduler, async (tx) => {
    const states = new Map((await queries.listSourceStates(tx)).map((state) => [state.source, state]));
    let any = false;
    for (const source of sources) {
      const state = states.get(source.id) ?? null;
      if (!state || obstacleOf(source) !== null) continue;
      const at = nextRunAt(source, state);
      if (at !== null && at <= now) {
        await enqueue(tx, ingestJob, { source: source.id }, { key: source.id });
        any = true;
      }
      const delaySeconds = backfillDelay(source, state);
      if (delaySeconds !== null) await enqueue(tx, backfillJob, { source: source.id }, { key: source.id, delaySeconds });
    }
    if (dueChecks(sources, states, now).length > 0) {
      await enqueue(tx, checkJob, { all: false });
      any = true;
    }
    return any;
  });
}

/**
 * Forgets what streams told two days ago, runs of three months ago, addresses that nobody has asked for in two months, and
 * documents of three months ago that changed nothing.
 */
export const purgeJob = defineJob({
  name: "grid.purge",
  data: z.object({}),
  schedule: "11 * * * *",
  retries: 3,
  single: true,
  handle: async () => {
    const before = (ms: number) => new Date(Date.now() - ms);
    const events = await db.as(scheduler, (tx) => purgeNews(tx, before(streamWindowMs)));
    const rows = await db.as(scheduler, (tx) => queries.purgeRuns(tx, { runsBefore: before(90 * dayMs), documentsBefore: before(60 * dayMs) }));
    const payloads = await db.as(scheduler, (tx) => purgePayloads(tx, before(90 * dayMs)));
    return events + rows + payloads === 0 ? null : { events, rows, payloads };
  },
});

/** Every job of this domain that this process is to work: none that asks the outside on a server that is kept off the network. */
export function gridJobs() {
  return environment().GRID_INGEST === "off" ? [purgeJob] : [dueJob, ingestJob, checkJob, backfillJob, purgeJob];
}

/** At the start of a process: the streams are listed, and every source that is off is tried once, whenever the next try was due. */
export async function startGrid(): Promise<void> {
  await db.as(scheduler, async (tx) => {
    await upsertStreams(tx, streams);
    if (environment().GRID_INGEST === "on") await enqueue(tx, checkJob, { all: true });
  });
}

import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { PgBoss } from "pg-boss";
import type { z } from "zod";
import { processWide } from "#lib/process-wide.ts";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { logError } from "#platform/observability/error-reports.ts";
import { log } from "#platform/observability/log.ts";
import { withRequestContext } from "#platform/observability/request-context.ts";
import { queueDatabase } from "./queue-database.ts";

/** One kind of background work, named `domain.verb`. */
export interface Job<Data> {
  name: string;
  data: z.ZodType<Data>;
  /** Cron expression in UTC at which it also runs by itself, with empty data. */
  schedule?: string;
  /** Tries after the first, with exponential back-off. */
  retries: number;
  /** True: of jobs with the same key (or none) one waits at most, and more are the same one. */
  single?: boolean;
  /** How many of it this process works at once; one unless given. */
  atOnce?: number;
  /** What it answers goes into the log line, which isn't worth more than debugging where it answers null: there was nothing to do. */
  handle(data: Data, signal: AbortSignal): Promise<Record<string, unknown> | null>;
}

/** A job whose data is only known to be what the queue holds. */
export interface RunnableJob extends Pick<Job<unknown>, "name" | "schedule" | "retries" | "single" | "atOnce"> {
  /** Throws when the data doesn't fit the job's schema, or what the work throws. */
  run(data: unknown, signal: AbortSignal): Promise<Record<string, unknown> | null>;
}

/** Declares a job; jobs.ts registers it. */
export function defineJob<Data>(job: Job<Data>): Job<Data> & RunnableJob {
  return { ...job, run: async (data, signal) => job.handle(job.data.parse(data ?? {}), signal) };
}

export interface EnqueueOptions {
  /** What a single job is single by. */
  key?: string;
  /** How long it waits at least. */
  delaySeconds?: number;
}

/**
 * Puts a job into the queue in the caller's transaction: it runs if that commits, and only then. Answers its id, or that
 * of the same one that waits already where the job is single.
 */
export async function enqueue<Data>(tx: Tx, job: Job<Data>, data: Data, { key, delaySeconds = 0 }: EnqueueOptions = {}): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select app.enqueue(${job.name}, ${JSON.stringify(data)}::jsonb, ${key ?? null}, ${delaySeconds}) as id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error(`Job ${job.name} was not queued`);
  return id;
}

/** What the readiness check reports. */
const state = processWide<{ boss: PgBoss | undefined }>("queue", () => ({ boss: undefined }));

/** Whether this process works the queue; on a serverless platform cron routes do. */
export function queueIsWorked(): boolean {
  return state.boss !== undefined;
}

/**
 * Creates the queues, their schedules and one worker for each job in this process. A job that fails is tried again with
 * exponential back-off; one that was running when the process died is tried again once it has expired.
 * Answers a function that waits for running jobs (up to `timeoutMs`) and stops.
 */
export async function startWorkers(jobs: RunnableJob[]): Promise<(timeoutMs: number) => Promise<void>> {
  const boss = new PgBoss({ db: queueDatabase, schema: "pgboss", migrate: false, persistQueueStats: false });
  boss.on("error", (error) => log().warn({ err: error }, "queue"));
  await boss.start();
  for (const job of jobs) {
    const tries = { retryLimit: job.retries, retryBackoff: true, retryDelay: 5 };
    await boss.createQueue(job.name, { ...tries, policy: job.single === true ? "short" : "standard" });
    // A queue that was there before keeps what it was made with, unless it is told.
    await boss.updateQueue(job.name, tries);
    if (job.schedule !== undefined) await boss.schedule(job.name, job.schedule, {});
    await boss.work<unknown>(job.name, { pollingIntervalSeconds: 2, localConcurrency: job.atOnce ?? 1 }, async (batch) => {
      for (const { id, data, signal } of batch) await run(job, id, data, signal);
    });
  }
  state.boss = boss;
  return async (timeoutMs) => {
    state.boss = undefined;
    await boss.stop({ graceful: true, timeout: timeoutMs, close: false });
  };
}

async function run(job: RunnableJob, id: string, data: unknown, signal: AbortSignal): Promise<void> {
  const started = performance.now();
  const context = { requestId: id, traceId: randomBytes(16).toString("hex"), statements: 0, unitsOfWork: 0, fields: {} };
  await withRequestContext(context, async () => {
    const line = (outcome: Record<string, unknown> = {}) => ({
      job: job.name, jobId: id, durationMs: Math.round(performance.now() - started),
      statements: context.statements, unitsOfWork: context.unitsOfWork, ...outcome,
    });
    try {
      const result = await job.run(data, signal);
      log()[result === null ? "debug" : "info"](line(result ?? {}), "job");
    } catch (error) {
      logError(error, "job failed", line());
      throw error;
    }
  });
}

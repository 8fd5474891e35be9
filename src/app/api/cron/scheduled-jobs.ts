import { z } from "zod";
import { purge } from "#domains/assistant/server.ts";
import { gridJobs } from "#domains/grid/server.ts";
import { llmJobs } from "#domains/llm/server.ts";
import { AppError } from "#lib/errors.ts";
import type { RunnableJob } from "#platform/queue/queue.ts";

export const CronParams = z.object({ job: z.string().regex(/^[a-z]+\.[a-z_]+$/) });
export const CronOutcome = z.object({
  job: z.string(),
  /** What it did, null when there was nothing to do. */
  outcome: z.record(z.string(), z.unknown()).nullable(),
});

/** Runs a job that has a schedule, here and now; one that runs elsewhere meanwhile isn't harmed. HEAD asks only whether there is one. Throws NOT_FOUND. */
export async function runScheduled(name: string, { method, signal }: Pick<Request, "method" | "signal">): Promise<z.infer<typeof CronOutcome>> {
  const jobs: RunnableJob[] = [purge, ...llmJobs, ...gridJobs()];
  const job = jobs.find((each) => each.name === name && each.schedule !== undefined);
  if (!job) throw new AppError("NOT_FOUND", { detail: `There is no scheduled job ${name}.` });
  return { job: name, outcome: method === "HEAD" ? null : await job.run({}, signal) };
}

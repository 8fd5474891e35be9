import { z } from "zod";

/** How a run ended: with something new, with nothing new, or not at all. */
export const RunOutcome = z.enum(["ok", "unchanged", "failed", "stopped"]);

/** One attempt to read a source. */
export const SourceRun = z.object({
  id: z.string(),
  /** Who asked for it: "schedule", "command", "check" or "backfill"; "file" and "address" for what a person gave to read. */
  cause: z.string(),
  startedAt: z.string(),
  /** Null while it runs, and for good where its process died. */
  endedAt: z.string().nullable(),
  outcome: RunOutcome.nullable(),
  documents: z.int(),
  /** Documents that hadn't changed since they were read last. */
  unchanged: z.int(),
  observations: z.int(),
  /** Values that were new, and that took the place of others. */
  inserted: z.int(),
  revised: z.int(),
  bytes: z.int(),
  warnings: z.array(z.string()),
  error: z.string().nullable(),
});
export type SourceRun = z.infer<typeof SourceRun>;

/** How reading a source went in one hour: without failure, with some, with nothing else, or it wasn't read. */
export const hourStates = ["good", "partly", "failed", "not-read"] as const;
export type HourState = (typeof hourStates)[number];

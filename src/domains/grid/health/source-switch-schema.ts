import { z } from "zod";
import { GridSource } from "./source-list-schema.ts";

/** True and false are an administrator's word; null leaves it to the source's own check. */
export const SourceChange = z.strictObject({ enabled: z.boolean().nullable() });
export type SourceChange = z.infer<typeof SourceChange>;

export const SwitchedSource = GridSource.pick({ id: true, name: true, publisher: true, cadenceMinutes: true, state: true, enabled: true, checkedAt: true, lastRunAt: true, dataUntil: true, failures: true }).extend({
  /** When its documents were last fetched and understood. */
  lastSuccessAt: z.string().nullable(),
  /** What switches it: its own check, or an administrator for good. */
  switchedBy: z.enum(["check", "admin"]),
  /** How it does and why, in a sentence or two. */
  says: z.string(),
  /** Why it can't be asked by this server; null when it can. */
  obstacle: z.string().nullable(),
});
export type SwitchedSource = z.infer<typeof SwitchedSource>;

export const SwitchedSources = z.object({ sources: z.array(SwitchedSource) });

export const AskedForRun = z.object({ jobId: z.string() });

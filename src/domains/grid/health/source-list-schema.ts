import { z } from "zod";
import { SourceNote } from "#domains/grid/series/series-schema.ts";
import { hourStates } from "./source-run-schema.ts";

/** A source as the table of sources shows it: what it is, and how reading it goes. */
export const GridSource = SourceNote.extend({
  /** IANA zone that its days are of. */
  zone: z.string(),
  /** When it ceased; null while it goes on. */
  endedAt: z.string().nullable(),
  /** In words: its unit, what an interval's name means, what a sign means. */
  rules: z.object({ unit: z.string(), time: z.string(), sign: z.string() }),
  /** Whether it is read on its schedule: off until its own check has passed. */
  enabled: z.boolean(),
  /** When its check passed first; null when it never did. */
  checkedAt: z.string().nullable(),
  lastRunAt: z.string().nullable(),
  /** How many runs in a row have failed since the last good one. */
  failures: z.int(),
  /** Why the last run failed; null when it didn't. */
  lastError: z.string().nullable(),
  /** How reading went in each of the last 24 hours, the oldest first; none when it wasn't read. */
  hours: z.array(z.enum(hourStates)),
});
export type GridSource = z.infer<typeof GridSource>;

export const GridSources = z.object({ at: z.string(), sources: z.array(GridSource) });
export type GridSources = z.infer<typeof GridSources>;

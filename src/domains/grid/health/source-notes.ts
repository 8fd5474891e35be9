import type { SourceNote } from "#domains/grid/series/series-schema.ts";
import type { SourceState } from "./source-queries.ts";
import type { Source } from "#domains/grid/sources/source.ts";

const minuteMs = 60_000;
/** Failures in a row after which a source counts as one that doesn't answer. */
const failuresAtMost = 3;

/** What is said of a source wherever its numbers are shown; `state` is null for one that never ran. */
export function noteOf(source: Source, state: SourceState | null, now: Date): SourceNote {
  const { id, name, publisher, licence, page, cadenceMinutes } = source;
  return {
    id, name, publisher, licence, page, cadenceMinutes,
    dataUntil: state?.dataUntil?.toISOString() ?? null,
    fetchedAt: state?.lastSuccessAt?.toISOString() ?? null,
    state: sourceState(source, state, now),
  };
}

/** Late past two cadences since the end of its newest interval: one passes until the next ends, another until it is published. */
export function sourceState({ cadenceMinutes, endedAt }: Pick<Source, "cadenceMinutes" | "endedAt">, state: SourceState | null, now: Date): SourceNote["state"] {
  if (endedAt) return "ended";
  if (!state) return "off";
  // One that has told nothing yet: nobody has tried, somebody has switched it off, or no try came through.
  if (!state.enabled && state.dataUntil === null) return state.decided || state.failures === 0 ? "off" : "not-answering";
  if (state.failures >= failuresAtMost) return "not-answering";
  const age = state.dataUntil === null ? Infinity : now.getTime() - state.dataUntil.getTime();
  return age > 2 * cadenceMinutes * minuteMs ? "late" : "on-time";
}

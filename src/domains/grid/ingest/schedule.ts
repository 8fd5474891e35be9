import { createHash } from "node:crypto";
import type { SourceState } from "#domains/grid/health/source-queries.ts";
import type { Source } from "#domains/grid/sources/source.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A source that failed isn't asked less often than this. */
const longestPauseMs = 6 * hourMs;

/**
 * When a source that is on is to be asked next; null for never. By its cadence, give or take a tenth, so that not all come
 * at once; what comes once a day is looked for every hour, since nobody says at which. After failures twice as long each.
 */
export function nextRunAt({ id, cadenceMinutes, endedAt }: Pick<Source, "id" | "cadenceMinutes" | "endedAt">, state: SourceState | null): Date | null {
  if (endedAt || !state?.enabled) return null;
  if (state.lastRunAt === null) return new Date(0);
  const usual = pauseMs(cadenceMinutes);
  const pause = Math.min(usual * 2 ** Math.min(state.failures, 10), Math.max(usual, longestPauseMs));
  return new Date(state.lastRunAt.getTime() + pause * (0.9 + 0.2 * chanceOf(`${id} ${state.lastRunAt.getTime()}`)));
}

function pauseMs(cadenceMinutes: number): number {
  if (cadenceMinutes <= 60) return cadenceMinutes * minuteMs;
  return cadenceMinutes <= 24 * 60 ? hourMs : 24 * hourMs;
}

/**
 * How long a source may go without a success before what it lists as newest leaves a gap: an hour, which is the least that
 * any of them lists, or two of its usual pauses.
 */
export function gapMs(cadenceMinutes: number): number {
  return Math.max(hourMs, 2 * pauseMs(cadenceMinutes));
}

/** When a source that is off and undecided is to be tried next; null for never. At once, then after 1, 2, 4 … minutes, up to six hours. */
export function nextCheckAt({ endedAt }: Pick<Source, "endedAt">, state: SourceState | null): Date | null {
  if (endedAt || state?.enabled || state?.decided) return null;
  if (state?.lastRunAt == null) return new Date(0);
  return new Date(state.lastRunAt.getTime() + Math.min(minuteMs * 2 ** Math.min(Math.max(0, state.failures - 1), 20), longestPauseMs));
}

/** A number from 0 to 1 that a text always has: chance that can be tested. */
function chanceOf(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
}

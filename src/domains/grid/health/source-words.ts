import { environment } from "#platform/config/environment.ts";
import { sourceState } from "./source-notes.ts";
import { publicError } from "./public-error.ts";
import type { SourceState } from "./source-queries.ts";
import type { Source } from "#domains/grid/sources/source.ts";

/** Why a source can't be asked by this server, in a sentence; null when it can. */
export function obstacleOf(source: Pick<Source, "missingSetting" | "endedAt">): string | null {
  const missing = source.missingSetting?.() ?? null;
  if (missing !== null) return `It needs ${missing}, which isn't set.`;
  if (environment().GRID_INGEST === "off") return "This server is kept off the network: GRID_INGEST is off.";
  return null;
}

/** How a source does and why, in a sentence or two for people. `state` is null for one that never ran. */
export function sourceSays(source: Source, state: SourceState | null, now: Date): string {
  if (source.endedAt) return `It ended on ${source.endedAt.toISOString().slice(0, 10)}: nothing new comes.`;
  if (state?.decided === true && !state.enabled) return "An administrator switched it off.";
  const obstacle = obstacleOf(source);
  if (obstacle !== null) return obstacle;
  const failed = state === null || state.failures === 0 ? null : `${state.failures === 1 ? "The last try" : `The last ${state.failures} tries`} failed: ${publicError(state.lastError ?? "unknown")}`;
  if (!state?.enabled) return failed === null ? "Off until its first check has passed." : `Off until its check passes. ${failed}`;
  switch (sourceState(source, state, now)) {
    case "not-answering":
      return failed ?? "It doesn't answer.";
    case "late":
      return `${state.dataUntil === null ? "Nothing has come yet." : `Its newest data ends at ${state.dataUntil.toISOString()}, later than it should.`}${failed === null ? "" : ` ${failed}`}`;
    default:
      return failed ?? "It is up to date.";
  }
}

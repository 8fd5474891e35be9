import { formatAge } from "#lib/format-time.ts";
import type { SourceNote } from "#domains/grid/series/series-schema.ts";

/** A shape and words for how new numbers are. */
export interface Freshness {
  dot: "ok" | "degraded" | "down" | "off";
  words: string;
}

const minuteMs = 60_000;

/**
 * How new what a source gave is: amber once its next interval is a cadence overdue, red at three. `moment` writes an instant
 * on the clock that the page shows.
 */
export function freshnessOf(note: Pick<SourceNote, "state" | "dataUntil" | "cadenceMinutes">, now: Date, moment: (at: number) => string): Freshness {
  const { state, dataUntil, cadenceMinutes } = note;
  if (state === "sample") return { dot: "off", words: "Sample data" };
  if (dataUntil === null) return { dot: state === "not-answering" ? "down" : "off", words: state === "not-answering" ? "Not answering" : "No data yet" };
  const at = Date.parse(dataUntil);
  if (state === "ended" || state === "off") return { dot: "off", words: `${state === "ended" ? "Ended" : "Off since"} ${moment(at)}` };
  // What ends in the future was published before its time: it is as new as can be.
  const words = `${moment(at)} · ${formatAge(new Date(Math.min(at, now.getTime())), now)}`;
  const overdue = now.getTime() - at - cadenceMinutes * minuteMs;
  if (state === "not-answering" || overdue > 3 * cadenceMinutes * minuteMs) return { dot: "down", words: state === "not-answering" ? `Not answering · ${words}` : words };
  return { dot: overdue > cadenceMinutes * minuteMs ? "degraded" : "ok", words };
}

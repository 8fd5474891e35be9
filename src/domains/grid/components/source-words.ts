import { formatSpan } from "#lib/format-time.ts";
import type { SourceNote } from "#domains/grid/series/series-schema.ts";

const words: Record<Exclude<SourceNote["state"], "late">, string> = {
  "on-time": "On time",
  "not-answering": "Not answering",
  ended: "Ended",
  off: "Off",
  sample: "Sample data",
};

/** The state of a source in words: "On time", "7 min late". */
export function sourceWords({ state, dataUntil, cadenceMinutes }: Pick<SourceNote, "state" | "dataUntil" | "cadenceMinutes">, now: Date): string {
  if (state !== "late") return words[state];
  if (dataUntil === null) return "No data yet";
  const late = Math.floor((now.getTime() - Date.parse(dataUntil)) / 60_000) - 2 * cadenceMinutes;
  return `${formatSpan(Math.max(1, late))} late`;
}

import type { Line } from "#domains/grid/series/series-schema.ts";

export interface Extent {
  low: number;
  high: number;
}

/** The smallest and the largest value of lines, null without any. */
export function extentOf(lines: readonly Pick<Line, "value">[]): Extent | null {
  const known = lines.flatMap(({ value }) => value).filter((each) => each !== null);
  return known.length === 0 ? null : { low: known.reduce((least, each) => Math.min(least, each)), high: known.reduce((most, each) => Math.max(most, each)) };
}

/** The largest value of lines and the interval it is of; null without any. */
export function peakOf(lines: readonly Pick<Line, "start" | "end" | "value">[]): { value: number; start: string; end: string } | null {
  let peak: { value: number; start: string; end: string } | null = null;
  for (const { start, end, value } of lines) {
    for (const [index, each] of value.entries()) {
      if (each !== null && (peak === null || each > peak.value)) peak = { value: each, start: start[index] ?? "", end: end[index] ?? "" };
    }
  }
  return peak;
}

/**
 * A line as a path in a box of 1000 by 1000, from interval to interval through their middles; where an interval is missing or has
 * no value, it is broken. `low` is the bottom of the box and `high` its top.
 */
export function linePath({ start, end, value }: Pick<Line, "start" | "end" | "value">, from: number, to: number, { low, high }: Extent): string {
  let path = "";
  let before: string | null = null;
  for (const [index, each] of value.entries()) {
    const [began, ended] = [start[index] ?? "", end[index] ?? ""];
    if (each === null) {
      before = null;
      continue;
    }
    const x = ((Date.parse(began) + Date.parse(ended)) / 2 - from) / (to - from);
    const y = high === low ? 0.5 : 1 - (each - low) / (high - low);
    path += `${before === began ? "L" : "M"}${(x * 1_000).toFixed(1)} ${(y * 1_000).toFixed(1)}`;
    before = ended;
  }
  return path;
}

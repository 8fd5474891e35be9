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

/** How a stretch came about, which decides how it is drawn. */
export const looks = ["measured", "estimated", "forecast", "sample"] as const;
export type Look = (typeof looks)[number];

/** Parallel columns, an entry an interval [start, end) in milliseconds, in order of time; a value that is missing is NaN. */
export interface Columns {
  start: Float64Array;
  end: Float64Array;
  value: Float64Array;
  /** Index in `looks` of each entry. */
  look: Uint8Array;
  /** The smallest and the largest value within each interval; only where intervals hold several. */
  low?: Float64Array;
  high?: Float64Array;
}

export interface RawColumns {
  /** Instants, ISO 8601. */
  start: readonly string[];
  end: readonly string[];
  value: readonly (number | null)[];
  /** Of each entry; all of one look may be given as one. */
  look: readonly Look[] | Look;
  low?: readonly (number | null)[] | undefined;
  high?: readonly (number | null)[] | undefined;
}

export function columnsOf({ start, end, value, look, low, high }: RawColumns): Columns {
  const { length } = start;
  const columns: Columns = { start: new Float64Array(length), end: new Float64Array(length), value: new Float64Array(length), look: new Uint8Array(length) };
  for (let index = 0; index < length; index += 1) {
    columns.start[index] = Date.parse(start[index] ?? "");
    columns.end[index] = Date.parse(end[index] ?? "");
    columns.value[index] = value[index] ?? NaN;
    columns.look[index] = looks.indexOf(typeof look === "string" ? look : (look[index] ?? "measured"));
  }
  if (low && high) {
    columns.low = Float64Array.from(value, (each, index) => low[index] ?? each ?? NaN);
    columns.high = Float64Array.from(value, (each, index) => high[index] ?? each ?? NaN);
  }
  return columns;
}

/** Entries `first` to `last`, inclusive, that can be drawn in one go: nothing is missing between them, and they look alike. */
export interface Run {
  first: number;
  last: number;
  look: Look;
}

/** Cuts a line where an entry doesn't begin at the end of the one before, where a value is missing, and where the look changes. */
export function runsOf({ start, end, value, look }: Columns): Run[] {
  const runs: Run[] = [];
  let open: Run | null = null;
  for (let index = 0; index < value.length; index += 1) {
    if (Number.isNaN(value[index])) {
      open = null;
      continue;
    }
    const name = looks[look[index] ?? 0] ?? "measured";
    if (open && start[index] === end[index - 1] && open.look === name) open.last = index;
    else runs.push((open = { first: index, last: index, look: name }));
  }
  return runs;
}

/** A stretch of time, [from, to), in milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/** The times between a line's first and last value for which it has none. */
export function gapsOf(columns: Columns): Span[] {
  const gaps: Span[] = [];
  let until = NaN;
  for (let index = 0; index < columns.value.length; index += 1) {
    if (Number.isNaN(columns.value[index])) continue;
    const from = columns.start[index] ?? NaN;
    if (from > until) gaps.push({ from: until, to: from });
    until = columns.end[index] ?? NaN;
  }
  return gaps;
}

/** The stretches of one look, those that follow each other as one. */
export function stretchesOf({ start, end, value, look }: Columns, wanted: Look): Span[] {
  const stretches: Span[] = [];
  const code = looks.indexOf(wanted);
  for (let index = 0; index < value.length; index += 1) {
    if (look[index] !== code || Number.isNaN(value[index])) continue;
    const span = { from: start[index] ?? NaN, to: end[index] ?? NaN };
    const last = stretches.at(-1);
    if (last?.to === span.from) last.to = span.to;
    else stretches.push(span);
  }
  return stretches;
}

/** Index of the last entry that begins at or before an instant; −1 before the first. */
export function lastFrom(starts: Float64Array, at: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Index of the entry whose interval holds an instant; −1 where none does. */
export function indexAt({ start, end }: Columns, at: number): number {
  const index = lastFrom(start, at);
  return index >= 0 && at < (end[index] ?? -Infinity) ? index : -1;
}

/** Index of the last entry that has a value, forecasts aside where asked; −1 where none has. */
export function lastValueIndex({ value, look }: Columns, { forecasts = true } = {}): number {
  for (let index = value.length - 1; index >= 0; index -= 1) {
    if (!Number.isNaN(value[index]) && (forecasts || looks[look[index] ?? 0] !== "forecast")) return index;
  }
  return -1;
}

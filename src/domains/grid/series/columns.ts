import type { Quality } from "#domains/grid/schema.ts";

/** Intervals of a line, in order: parallel columns. Times in seconds since 1970. */
export interface Columns {
  start: number[];
  end: number[];
  value: (number | null)[];
  quality: Quality[];
  /** The least and the greatest value within, where intervals hold several. */
  low?: (number | null)[];
  high?: (number | null)[];
}

/** Gives a line those columns of another that say the same, so that they are written out once. */
export function shared(columns: Columns, other: Columns | undefined): Columns {
  if (!other) return columns;
  const one = <T>(own: T[], others: T[]) => (isSame(own, others) ? others : own);
  return { ...columns, start: one(columns.start, other.start), end: one(columns.end, other.end), quality: one(columns.quality, other.quality) };
}

function isSame<T>(a: readonly T[], b: readonly T[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** The entries of a column at these places. */
export function entries<T>(column: readonly T[], places: readonly number[]): T[] {
  return places.map((place) => column[place] as T);
}

/** The intervals at these places. */
export function pick(columns: Columns, places: readonly number[]): Columns {
  const of = <T>(column: readonly T[]): T[] => entries(column, places);
  return {
    start: of(columns.start), end: of(columns.end), value: of(columns.value), quality: of(columns.quality),
    ...(columns.low && columns.high ? { low: of(columns.low), high: of(columns.high) } : {}),
  };
}

/** Stretches of time, in order and apart: pairs of [start, end). */
export type Spans = (readonly [number, number])[];

/** The stretches in which a line has values. */
export function spansOf({ start, end, value }: Columns): Spans {
  const spans: [number, number][] = [];
  for (let i = 0; i < start.length; i += 1) {
    if (value[i] === null) continue;
    const [from, to] = [start[i] ?? 0, end[i] ?? 0];
    const last = spans.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else spans.push([from, to]);
  }
  return spans;
}

/** All stretches of both. */
export function unionOf(a: Spans, b: Spans): Spans {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  const merged: [number, number][] = [];
  for (const [from, to] of [...a, ...b].sort((x, y) => x[0] - y[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** What of [from, to) from the first to the last moment that no stretch covers; null when all is covered. */
export function lackOf(spans: Spans, from: number, to: number): readonly [number, number] | null {
  let [low, high] = [from, to];
  for (const [start, end] of spans) {
    if (start > low) break;
    low = Math.max(low, end);
  }
  for (const [start, end] of spans.toReversed()) {
    if (end < high) break;
    high = Math.min(high, start);
  }
  return low < high ? [low, high] : null;
}

/** The intervals that touch none of the stretches. */
export function outside(columns: Columns, spans: Spans): Columns {
  if (spans.length === 0) return columns;
  const places: number[] = [];
  let at = 0;
  for (let i = 0; i < columns.start.length; i += 1) {
    const [start, end] = [columns.start[i] ?? 0, columns.end[i] ?? 0];
    while (at < spans.length && (spans[at]?.[1] ?? 0) <= start) at += 1;
    if ((spans[at]?.[0] ?? Infinity) >= end) places.push(i);
  }
  return places.length === columns.start.length ? columns : pick(columns, places);
}

const daySeconds = 86_400;
const clock = Array.from({ length: 1_440 }, (_, minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}:00.000Z`);
const written = new WeakMap<readonly number[], string[]>();

/** Instants as ISO 8601 in UTC, as Date writes them; a column that several lines have in common is written once. */
export function isoTexts(seconds: readonly number[]): string[] {
  const known = written.get(seconds);
  if (known) return known;
  let day = Number.NaN;
  let date = "";
  const texts = seconds.map((at) => {
    const today = Math.floor(at / daySeconds);
    if (today !== day) [day, date] = [today, new Date(today * daySeconds * 1_000).toISOString().slice(0, 11)];
    const rest = at - today * daySeconds;
    return rest % 60 === 0 ? date + (clock[rest / 60] ?? "") : new Date(at * 1_000).toISOString();
  });
  written.set(seconds, texts);
  return texts;
}

import type { Quality } from "./schema.ts";
import { isQuality, type PackedLine } from "./series-queries.ts";

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

/** Opens what Postgres packed. `alike` keeps columns that lines have in common, so that each is made once. */
export function unpack(packed: PackedLine, alike = new Map<string, { start: number[]; end: number[] }>()): Columns {
  const { count } = packed;
  const key = packed.starts === null ? `${packed.first} ${packed.lengths} ${count}` : `${packed.starts} ${packed.lengths}`;
  const times = alike.get(key) ?? timesOf(packed);
  alike.set(key, times);
  const qualities = packed.qualities.slice(1, -1).split(",");
  return {
    ...times,
    value: numbersOf(packed.values),
    quality: qualities.length === 1 ? new Array<Quality>(count).fill(qualityOf(qualities[0])) : qualities.map(qualityOf),
    ...(packed.lows === null || packed.highs === null ? {} : { low: numbersOf(packed.lows), high: numbersOf(packed.highs) }),
  };
}

function timesOf({ count, first, starts, lengths }: PackedLine): { start: number[]; end: number[] } {
  const all = integersOf(lengths);
  const [step = 0] = all;
  const start = starts === null ? Array.from({ length: count }, (_, i) => Number(first) + i * step) : integersOf(starts);
  return { start, end: all.length === 1 ? start.map((at) => at + step) : start.map((at, i) => at + (all[i] ?? 0)) };
}

function integersOf(array: string): number[] {
  return JSON.parse(`[${array.slice(1, -1)}]`) as number[];
}

function numbersOf(array: string): (number | null)[] {
  const text = array.slice(1, -1);
  return JSON.parse(`[${text.includes("N") ? text.replaceAll("NULL", "null") : text}]`) as (number | null)[];
}

function qualityOf(text: string | undefined): Quality {
  if (text === undefined || !isQuality(text)) throw new Error(`${text} is no quality`);
  return text;
}

/** The entries at these places. */
export function pick(columns: Columns, places: readonly number[]): Columns {
  const of = <T>(column: readonly T[]): T[] => places.map((place) => column[place] as T);
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

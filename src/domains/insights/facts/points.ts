import type { Line } from "#domains/grid/index.ts";

/** A value of an interval; instants in milliseconds. */
export interface Point {
  start: number;
  end: number;
  value: number | null;
  forecast: boolean;
  source: string;
  sample: boolean;
}

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/**
 * Lines of one subject as one row of points in order of time. Where two sources tell of the same time, the first one's value
 * holds; a null gives way to a value.
 */
export function pointsOf(lines: readonly Line[]): Point[] {
  const all = lines.flatMap(({ start, end, value, quality, source, sample }, rank) =>
    start.map((at, i) => ({
      start: Date.parse(at), end: Date.parse(end[i] ?? at), value: value[i] ?? null, forecast: quality[i] === "forecast", source, sample, rank,
    })));
  all.sort((a, b) => a.start - b.start || Number(a.value === null) - Number(b.value === null) || a.rank - b.rank);
  const points: Point[] = [];
  for (const { rank: _rank, ...point } of all) {
    const last = points.at(-1);
    if (!last || point.start >= last.end) points.push(point);
    else if (last.value === null && point.value !== null) points[points.length - 1] = point;
  }
  return points;
}

/** Points with a value. */
export type Known = Point & { value: number };

export function knownOf(points: readonly Point[]): Known[] {
  return points.filter((point): point is Known => point.value !== null);
}

/** The sum of several parts for each interval that all of them have; null where one lacks a value. */
export function sumOf(parts: readonly (readonly Point[])[]): Point[] {
  const [first, ...rest] = parts;
  if (!first) return [];
  const others = rest.map((points) => new Map(points.map((point) => [point.start, point])));
  return first.map((point) => {
    const same = others.map((each) => each.get(point.start));
    let value = point.value;
    for (const each of same) value = value === null || each?.value == null || each.end !== point.end ? null : value + each.value;
    return { ...point, value, forecast: point.forecast || same.some((each) => each?.forecast === true), sample: point.sample || same.some((each) => each?.sample === true) };
  });
}

/** The mean, each value for as long as its interval; null without any. */
export function meanOf(points: readonly Known[]): number | null {
  let [sum, time] = [0, 0];
  for (const { start, end, value } of points) {
    sum += value * (end - start);
    time += end - start;
  }
  return time === 0 ? null : sum / time;
}

/** Pairs of values of the intervals that both have; `shiftMs` is how much later the second ones are. */
export function pairsOf(points: readonly Known[], others: readonly Known[], shiftMs = 0): { point: Known; other: Known }[] {
  const known = new Map(others.map((other) => [other.start + shiftMs, other]));
  return points.flatMap((point) => {
    const other = known.get(point.start);
    return other && other.end - other.start === point.end - point.start ? [{ point, other }] : [];
  });
}

/** Pearson's correlation, −1 to 1; null for fewer than three pairs, or where either doesn't vary. */
export function pearson(pairs: readonly { a: number; b: number }[]): number | null {
  const n = pairs.length;
  if (n < 3) return null;
  const meanA = pairs.reduce((sum, { a }) => sum + a, 0) / n;
  const meanB = pairs.reduce((sum, { b }) => sum + b, 0) / n;
  let [ab, aa, bb] = [0, 0, 0];
  for (const { a, b } of pairs) {
    ab += (a - meanA) * (b - meanB);
    aa += (a - meanA) ** 2;
    bb += (b - meanB) ** 2;
  }
  // What rounding leaves of equal numbers is no variation.
  const varies = (squares: number, mean: number) => squares > n * (1e-9 * Math.max(1, Math.abs(mean))) ** 2;
  return varies(aa, meanA) && varies(bb, meanB) ? ab / Math.sqrt(aa * bb) : null;
}

/** The middle value; null without any. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

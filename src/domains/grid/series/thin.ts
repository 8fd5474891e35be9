import { entries, pick, shared, type Columns } from "./columns.ts";

/**
 * A line with about as many entries as `points`, the least and the greatest value of every stretch among them: real ones,
 * in order. Each lasts until the next, unless something is missing between them: then it ends where the gap begins. Entries
 * without a value are gaps.
 */
export function thin(columns: Columns, points: number): Columns {
  if (columns.start.length <= points) return columns;
  return stretched(columns, extremes(columns.low ?? columns.value, columns.high ?? columns.value, points));
}

/**
 * Lines over the same intervals, thinned to the same instants, so that they can still be stacked: those at which their sum
 * is least or greatest. Each entry has the least and the greatest value of its line up to the next one, which may be others'
 * than those of the sum.
 */
export function thinTogether(lines: readonly Columns[], points: number): Columns[] {
  if (lines.every(({ start }) => start.length <= points)) return [...lines];
  const [first] = lines;
  if (first && lines.every(({ start, value }) => start === first.start && !value.includes(null))) {
    const totals = new Array<number>(first.start.length).fill(0);
    for (const { value } of lines) for (let i = 0; i < totals.length; i += 1) totals[i] = (totals[i] ?? 0) + (value[i] ?? 0);
    const places = extremes(totals, totals, points);
    const model = stretched(first, places);
    return lines.map((columns) => {
      const isAlike = columns.end === first.end && columns.quality === first.quality;
      return withExtremes(columns, places, isAlike ? { ...model, value: entries(columns.value, places) } : shared(stretched(columns, places), model));
    });
  }
  const sums = new Map<number, number>();
  for (const { start, value } of lines) start.forEach((at, i) => sums.set(at, (sums.get(at) ?? 0) + (value[i] ?? 0)));
  const instants = [...sums.keys()].sort((a, b) => a - b);
  const totals = instants.map((at) => sums.get(at) ?? 0);
  const kept = new Set(extremes(totals, totals, points).map((place) => instants[place]));
  return lines.map((columns) => {
    const places = columns.start.flatMap((at, i) => (kept.has(at) && columns.value[i] !== null ? [i] : []));
    return withExtremes(columns, places, stretched(columns, places));
  });
}

/** Places of the least and the greatest of each slice, and of the first and last entry. */
function extremes(lows: readonly (number | null)[], highs: readonly (number | null)[], points: number): number[] {
  const places: number[] = [];
  const count = lows.length;
  const slices = Math.max(1, Math.floor((points - 2) / 2));
  const add = (place: number) => { if (place >= 0 && place > (places.at(-1) ?? -1)) places.push(place); };
  add(lows.findIndex((value) => value !== null));
  for (let slice = 0; slice < slices; slice += 1) {
    let [least, greatest] = [-1, -1];
    let [low, high] = [Infinity, -Infinity];
    for (let i = Math.floor((slice * count) / slices); i < Math.floor(((slice + 1) * count) / slices); i += 1) {
      const [a, b] = [lows[i] ?? null, highs[i] ?? null];
      if (a !== null && a < low) [low, least] = [a, i];
      if (b !== null && b > high) [high, greatest] = [b, i];
    }
    add(Math.min(least, greatest));
    add(Math.max(least, greatest));
  }
  add(lows.findLastIndex((value) => value !== null));
  return places;
}

/** What is left of a line at these places, with the extremes of what was left out; those before the first are its too. */
function withExtremes(columns: Columns, places: readonly number[], left: Columns): Columns {
  const [lows, highs] = [columns.low ?? columns.value, columns.high ?? columns.value];
  const [low, high]: [number[], number[]] = [[], []];
  for (let at = 0, i = 0; at < places.length; at += 1) {
    let [least, greatest] = [Infinity, -Infinity];
    for (const until = places[at + 1] ?? lows.length; i < until; i += 1) {
      const [a, b] = [lows[i] ?? null, highs[i] ?? null];
      if (a !== null && a < least) least = a;
      if (b !== null && b > greatest) greatest = b;
    }
    low.push(least);
    high.push(greatest);
  }
  return { ...left, low, high };
}

function stretched(columns: Columns, places: readonly number[]): Columns {
  const { start, end, value } = columns;
  const kept = pick(columns, places);
  kept.end = places.map((place, i) => {
    const next = places[i + 1] ?? place + 1;
    let at = place;
    while (at + 1 < next && value[at + 1] !== null && start[at + 1] === end[at]) at += 1;
    const reaches = at + 1 === next && start[next] === end[at];
    return reaches ? (start[next] ?? 0) : (end[at] ?? 0);
  });
  return kept;
}

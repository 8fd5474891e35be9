import { lastFrom, type Columns, type Run } from "./columns.ts";

/** Points of a line, x and y by turns: milliseconds and values. */
export type Points = Float64Array;

/**
 * A run's part within [from, to] as points to join by straight strokes: a step an interval, or, where the middles are joined,
 * a slope. Where intervals are closer than pixels, each column of pixels keeps its first, lowest, highest and last value, in
 * order of time: what is drawn covers the same pixels as all of them would.
 */
export function pointsOf(columns: Columns, run: Run, { from, to, pixels, steps }: { from: number; to: number; pixels: number; steps: boolean }): Points {
  const { start, end, value } = columns;
  // One entry more on both sides, so that strokes reach over the edges.
  const first = Math.max(run.first, lastFrom(start, from) - 1);
  const last = Math.min(run.last, lastFrom(start, to) + 1);
  if (last < first) return new Float64Array();
  const count = last - first + 1;
  const at = (index: number) => value[index] ?? NaN;
  const middle = (index: number) => ((start[index] ?? 0) + (end[index] ?? 0)) / 2;
  if (count <= 2 * pixels) {
    if (!steps) {
      const points = new Float64Array(count * 2 + (count === 1 ? 2 : 0));
      for (let index = first; index <= last; index += 1) {
        points[(index - first) * 2] = middle(index);
        points[(index - first) * 2 + 1] = at(index);
      }
      // One interval by itself is a stroke as long as it.
      if (count === 1) points.set([start[first] ?? 0, at(first), end[first] ?? 0, at(first)]);
      return points;
    }
    const points = new Float64Array(count * 4);
    for (let index = first; index <= last; index += 1) points.set([start[index] ?? 0, at(index), end[index] ?? 0, at(index)], (index - first) * 4);
    return points;
  }
  return reduced(columns, first, last, (to - from) / pixels, from);
}

/**
 * The outline of what lies between the least and the greatest value of a run's intervals, within [from, to]; null where they
 * aren't known. Where intervals are closer than pixels, each column of pixels has the least and the greatest of its own.
 */
export function spreadOf({ start, end, low, high }: Columns, run: Run, { from, to, pixels, steps }: { from: number; to: number; pixels: number; steps: boolean }): Points | null {
  if (!low || !high) return null;
  const first = Math.max(run.first, lastFrom(start, from) - 1);
  const last = Math.min(run.last, lastFrom(start, to) + 1);
  const size = Math.max(1, Math.ceil((last - first + 1) / (2 * pixels)));
  const [above, below]: [number[], number[]] = [[], []];
  for (let index = first; index <= last; index += size) {
    const until = Math.min(last, index + size - 1);
    let [least, greatest] = [Infinity, -Infinity];
    for (let each = index; each <= until; each += 1) {
      least = Math.min(least, low[each] ?? NaN);
      greatest = Math.max(greatest, high[each] ?? NaN);
    }
    const [x0, x1] = [start[index] ?? 0, end[until] ?? 0];
    if (steps) {
      above.push(x0, greatest, x1, greatest);
      below.unshift(x1, least, x0, least);
    } else {
      above.push((x0 + x1) / 2, greatest);
      below.unshift((x0 + x1) / 2, least);
    }
  }
  return above.length < 4 ? null : Float64Array.from([...above, ...below]);
}

function reduced({ start, end, value }: Columns, first: number, last: number, columnMs: number, from: number): Points {
  const points: number[] = [];
  let column = NaN;
  let [opening, low, high, closing] = [first, first, first, first];
  const flush = () => {
    for (const index of [...new Set([opening, low, high, closing])].sort((a, b) => a - b)) points.push(((start[index] ?? 0) + (end[index] ?? 0)) / 2, value[index] ?? NaN);
  };
  for (let index = first; index <= last; index += 1) {
    const next = Math.floor(((start[index] ?? 0) - from) / columnMs);
    if (next !== column) {
      if (index > first) flush();
      column = next;
      opening = low = high = closing = index;
      continue;
    }
    const here = value[index] ?? NaN;
    if (here < (value[low] ?? NaN)) low = index;
    if (here > (value[high] ?? NaN)) high = index;
    closing = index;
  }
  flush();
  return Float64Array.from(points);
}

import { indexAt, lastFrom, looks, type Columns } from "./columns.ts";

/** Parts on top of each other over shared intervals: what is above zero grows upwards, what is below it downwards. */
export interface Stack {
  /** The intervals, [start, end), in milliseconds. */
  start: Float64Array;
  end: Float64Array;
  /** Of each part, from the bottom: where it begins and ends in each interval; NaN where it has no value there. */
  low: Float64Array[];
  high: Float64Array[];
  /** What is in the interval isn't measured, or a part of it is missing: index in `looks`. */
  look: Uint8Array;
  /** 1 where a part that has values around it has none here. */
  partial: Uint8Array;
  min: number;
  max: number;
}

/** Stacks lines in the order in which they are given, from zero outwards. Intervals in which none has a value are left out. */
export function stackOf(parts: readonly Columns[]): Stack {
  const cells = sharedCells(parts);
  const count = cells.length;
  const stack: Stack = {
    start: new Float64Array(count), end: new Float64Array(count),
    low: parts.map(() => new Float64Array(count).fill(NaN)), high: parts.map(() => new Float64Array(count).fill(NaN)),
    look: new Uint8Array(count), partial: new Uint8Array(count), min: 0, max: 0,
  };
  const begins = parts.map((part) => part.start[part.value.findIndex((value) => !Number.isNaN(value))] ?? Infinity);
  cells.forEach(([from, to], cell) => {
    stack.start[cell] = from;
    stack.end[cell] = to;
    let [below, above] = [0, 0];
    parts.forEach((part, index) => {
      const entry = indexAt(part, from);
      const value = entry < 0 ? NaN : (part.value[entry] ?? NaN);
      if (Number.isNaN(value)) {
        if ((begins[index] ?? Infinity) < from) stack.partial[cell] = 1;
        return;
      }
      stack.look[cell] = Math.max(stack.look[cell] ?? 0, part.look[entry] ?? 0);
      const base = value < 0 ? below : above;
      const [low, high] = [stack.low[index], stack.high[index]];
      if (low && high) [low[cell], high[cell]] = [Math.min(base, base + value), Math.max(base, base + value)];
      if (value < 0) below += value;
      else above += value;
    });
    stack.min = Math.min(stack.min, below);
    stack.max = Math.max(stack.max, above);
  });
  return stack;
}

/** The intervals that the borders of all lines cut out and in which at least one has a value. */
function sharedCells(parts: readonly Columns[]): [number, number][] {
  const borders = [...new Set(parts.flatMap(({ start, end }) => [...start, ...end]))].sort((a, b) => a - b);
  return borders.slice(0, -1).flatMap((from, index): [number, number][] => {
    const held = parts.some((part) => {
      const entry = indexAt(part, from);
      return entry >= 0 && !Number.isNaN(part.value[entry]);
    });
    return held ? [[from, borders[index + 1] ?? from]] : [];
  });
}

/** The look of a cell; a cell with a part missing isn't measured either. */
export function lookOfCell(stack: Stack, cell: number): (typeof looks)[number] {
  const look = looks[stack.look[cell] ?? 0] ?? "measured";
  return look === "measured" && stack.partial[cell] === 1 ? "estimated" : look;
}

/**
 * The outlines of one part within [from, to], a polygon a stretch without gaps. Where cells are closer than pixels, each
 * column of pixels shows their mean.
 */
export function bandsOf(stack: Stack, part: number, { from, to, pixels }: { from: number; to: number; pixels: number }): Float64Array[] {
  const [low, high] = [stack.low[part], stack.high[part]];
  if (!low || !high) return [];
  const first = Math.max(0, lastFrom(stack.start, from));
  const last = Math.min(stack.start.length - 1, lastFrom(stack.start, to));
  const size = Math.max(1, Math.floor((last - first + 1) / pixels));
  const bands: Float64Array[] = [];
  let edge: { x0: number; x1: number; low: number; high: number }[] = [];
  let wasBelow = false;
  const close = () => {
    if (edge.some((each) => each.high > each.low)) bands.push(outline(edge));
    edge = [];
  };
  for (let cell = first; cell <= last; ) {
    const x0 = stack.start[cell] ?? 0;
    let [sumLow, sumHigh, weight, x1] = [0, 0, 0, x0];
    let taken = 0;
    const below = (low[cell] ?? 0) < 0;
    // What turns from charging into discharging jumps to the other side of zero: another polygon.
    const goesOn = (next: number) => taken === 0 || (stack.start[next] === x1 && (low[next] ?? 0) < 0 === below);
    for (; cell <= last && taken < size && goesOn(cell); cell += 1, taken += 1) {
      x1 = stack.end[cell] ?? 0;
      const length = x1 - (stack.start[cell] ?? 0);
      if (Number.isNaN(low[cell])) continue;
      sumLow += (low[cell] ?? 0) * length;
      sumHigh += (high[cell] ?? 0) * length;
      weight += length;
    }
    if (weight === 0 || (edge.length > 0 && (edge.at(-1)?.x1 !== x0 || wasBelow !== below))) close();
    wasBelow = below;
    if (weight > 0) edge.push({ x0, x1, low: sumLow / weight, high: sumHigh / weight });
  }
  close();
  return bands;
}

function outline(edge: readonly { x0: number; x1: number; low: number; high: number }[]): Float64Array {
  const there = edge.flatMap(({ x0, x1, high }) => [x0, high, x1, high]);
  const back = edge.toReversed().flatMap(({ x0, x1, low }) => [x1, low, x0, low]);
  return Float64Array.from([...there, ...back]);
}

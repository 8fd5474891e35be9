import { gapsOf, indexAt, lastFrom, runsOf, stretchesOf, type Columns, type Run, type Span } from "./columns.ts";
import { lookOfCell, stackOf, type Stack } from "./stack.ts";
import { valueScale, type ValueScale } from "./ticks.ts";
import type { ZoneClock } from "./zone-clock.ts";

/** One line or one part of a stack. */
export interface ChartSeries {
  id: string;
  name: string;
  /** Name of a CSS token, such as `--fuel-wind`. */
  color: string;
  columns: Columns;
  /** Values that hold for their whole interval are drawn as steps, moments on the way are joined. */
  shape?: "steps" | "slopes";
  /** What the eye compares with: thin and dashed, as forecasts and other times are. In a stack it is a line over it, and must come last. */
  dashed?: boolean;
}

/** An instant from which on something else is counted. */
export interface Break {
  at: number;
  /** What stands before it, and after it. */
  before: string;
  after: string;
  /** What happened. */
  title: string;
}

export interface FigureSpec {
  kind: "lines" | "stack";
  /** Stacks: from the bottom. */
  series: ChartSeries[];
  unit: string;
  decimals?: number;
  /** The range of time, in milliseconds. */
  from: number;
  to: number;
  clock: ZoneClock;
  /** Holds the scale of lines at zero. */
  zero?: boolean;
  /** Shades what is below zero. */
  shadeNegative?: boolean;
  breaks?: Break[];
  /** A row of the readout: one line less another. */
  difference?: { label: string; of: string; less: string };
  /** Of a stack: what the sum of all above zero is called, and what is left of it after what is below zero. */
  totals?: { above: string; net: string };
  /** About how many ticks the scale of values has, and what it has to hold besides the values. */
  scaling?: { ticks?: number; holds?: readonly [low: number, high: number] };
}

/** A chart prepared for drawing: nothing here depends on its size or on what part of it is looked at. */
export interface Figure extends FigureSpec {
  decimals: number;
  stack: Stack | null;
  /** Of each series, the parts to draw in one go; empty for what is stacked. */
  runs: Run[][];
  scale: ValueScale;
  /** The intervals at which the readout stops. */
  stops: { start: Float64Array; end: Float64Array };
  /** Where the first series has no value between its first and its last. */
  gaps: Span[];
  /** Where values are estimates, or a part is missing. */
  estimated: Span[];
  /** Where values are made up. */
  sample: Span[];
  isEmpty: boolean;
}

/** Prepares a chart; pure. */
export function figureOf(spec: FigureSpec): Figure {
  const over = spec.kind === "stack" ? spec.series.filter(({ dashed }) => dashed === true) : spec.series;
  const stack = spec.kind === "stack" ? stackOf(spec.series.filter(({ dashed }) => dashed !== true).map(({ columns }) => columns)) : null;
  const [low, high] = extremes([...over, ...(stack ? [{ value: Float64Array.of(stack.min, stack.max) }] : []), { value: Float64Array.from(spec.scaling?.holds ?? []) }]);
  const first = spec.series.find(({ dashed }) => dashed !== true)?.columns;
  const stops = stack ? { start: stack.start, end: stack.end } : stopsOf(spec.series.map(({ columns }) => columns));
  return {
    ...spec,
    decimals: spec.decimals ?? 0,
    stack,
    runs: spec.series.map((series) => (over.includes(series) ? runsOf(series.columns) : [])),
    scale: valueScale(low, high, { zero: spec.kind === "stack" || spec.zero === true, ...(spec.scaling?.ticks !== undefined && { about: spec.scaling.ticks }) }),
    stops,
    gaps: stack ? gapsOf({ ...stops, value: new Float64Array(stops.start.length), look: stack.look }) : first ? gapsOf(first) : [],
    estimated: stack ? cellsOf(stack, "estimated") : first ? stretchesOf(first, "estimated") : [],
    sample: stack ? cellsOf(stack, "sample") : first ? stretchesOf(first, "sample") : [],
    isEmpty: stops.start.length === 0,
  };
}

function extremes(lines: readonly (ChartSeries | { value: Float64Array })[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  const hold = (values: Float64Array) => {
    for (const each of values) {
      if (each < low) low = each;
      if (each > high) high = each;
    }
  };
  for (const line of lines) {
    if ("value" in line) hold(line.value);
    else if (line.dashed === true) hold(line.columns.value);
    else for (const values of [line.columns.value, line.columns.low, line.columns.high]) if (values) hold(values);
  }
  return [low, high];
}

function cellsOf(stack: Stack, look: "estimated" | "sample"): Span[] {
  const spans: Span[] = [];
  for (let cell = 0; cell < stack.start.length; cell += 1) {
    if (lookOfCell(stack, cell) !== look) continue;
    const span = { from: stack.start[cell] ?? NaN, to: stack.end[cell] ?? NaN };
    const last = spans.at(-1);
    if (last?.to === span.from) last.to = span.to;
    else spans.push(span);
  }
  return spans;
}

/** The intervals of the finest line, and those of others where it has none: every stop is a real sample. */
function stopsOf(lines: readonly Columns[]): { start: Float64Array; end: Float64Array } {
  const finest = lines.toSorted((a, b) => countOf(b) - countOf(a));
  let stops = { start: new Float64Array(), end: new Float64Array() };
  for (const line of finest) {
    const known = { ...line, ...stops };
    const added: [number, number][] = [];
    for (let index = 0; index < line.value.length; index += 1) {
      if (Number.isNaN(line.value[index])) continue;
      const [from, to] = [line.start[index] ?? 0, line.end[index] ?? 0];
      const next = stops.start[lastFrom(stops.start, from) + 1] ?? Infinity;
      if (indexAt(known, from) < 0 && next >= to) added.push([from, to]);
    }
    if (added.length === 0) continue;
    if (stops.start.length === 0) stops = { start: Float64Array.from(added, ([from]) => from), end: Float64Array.from(added, ([, to]) => to) };
    else {
      const { start, end } = stops;
      const all = [...Array.from(start, (from, index): [number, number] => [from, end[index] ?? from]), ...added].sort(([a], [b]) => a - b);
      stops = { start: Float64Array.from(all, ([from]) => from), end: Float64Array.from(all, ([, to]) => to) };
    }
  }
  return stops;
}

function countOf({ value }: Columns): number {
  return value.reduce((count, each) => (Number.isNaN(each) ? count : count + 1), 0);
}

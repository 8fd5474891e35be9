import { looks, type Columns } from "#ui/charts/columns.ts";
import { figureOf, type Figure } from "#ui/charts/figure.ts";
import type { ZoneOffsets } from "#ui/charts/zone-clock.ts";
import { zoneClock } from "#ui/charts/zone-clock.ts";
import type { Line } from "#domains/grid/series/series-schema.ts";
import { columnsOfLine, joined } from "./chart-lines.ts";
import type { Extent } from "./extents.ts";

const minuteMs = 60_000;

/** One line as a page sends it to a small chart: a tenth of what the API's columns take. Times in minutes since 1970. */
export interface SmallLine {
  start: number[];
  /** Of each interval, or of all of them. */
  minutes: number[] | number;
  /** GW; null where there is none. */
  value: (number | null)[];
  /** Index in `looks` of each, or of all of them. */
  look: number[] | number;
}

/** Lines that tell the same, in MW, as one in GW. */
export function smallLineOf(lines: readonly Line[]): SmallLine {
  const { start, end, value, look } = joined(lines.map((line) => columnsOfLine(line)));
  const lengths = Array.from(end, (until, index) => (until - (start[index] ?? until)) / minuteMs);
  return {
    start: Array.from(start, (at) => at / minuteMs),
    minutes: allAlike(lengths),
    value: Array.from(value, (megawatts) => (Number.isNaN(megawatts) ? null : Math.round(megawatts) / 1_000)),
    look: allAlike([...look]),
  };
}

function allAlike(values: number[]): number[] | number {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : values;
}

function columnsOfSmall({ start, minutes, value, look }: SmallLine): Columns {
  const lengthOf = (index: number) => (typeof minutes === "number" ? minutes : (minutes[index] ?? 0));
  return {
    start: Float64Array.from(start, (at) => at * minuteMs),
    end: Float64Array.from(start, (at, index) => (at + lengthOf(index)) * minuteMs),
    value: Float64Array.from(value, (each) => each ?? NaN),
    look: Uint8Array.from(start, (_, index) => Math.min(looks.length - 1, typeof look === "number" ? look : (look[index] ?? 0))),
  };
}

interface SmallFigure {
  name: string;
  /** Name of a token. */
  color: string;
  line: SmallLine;
  /** Milliseconds. */
  from: number;
  to: number;
  zone: ZoneOffsets;
  /** What the scale has to hold, MW, to be that of others too; null for a scale of its own. */
  shared: Extent | null;
}

/** A small chart prepared for drawing. */
export function smallFigure({ name, color, line, from, to, zone, shared }: SmallFigure): Figure {
  return figureOf({
    kind: "lines", unit: "GW", decimals: 2, from, to, clock: zoneClock(zone), zero: shared !== null,
    series: [{ id: "demand", name, color, columns: columnsOfSmall(line) }],
    scaling: { ticks: 3, ...(shared && { holds: [shared.low / 1_000, shared.high / 1_000] as const }) },
  });
}

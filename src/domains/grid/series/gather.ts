import type { Columns } from "./columns.ts";
import { qualityAt, type Rows } from "./packed-rows.ts";
import { qualities } from "#domains/grid/schema.ts";
import { startOf, type Approach } from "./series-plan.ts";
import type { Periods } from "#domains/grid/time/zone-calendar.ts";

/** How the values of an interval become those of a longer one. `power` is energy told as its mean power, in MW. */
export type Measure = "mean" | "sum" | "power" | "direction";

export interface Gathering {
  approach: Approach;
  measure: Measure;
  periods: Periods;
  /** What share of a period must have values for it not to be an estimate. */
  share: number;
}

const estimated = qualities.indexOf("estimated");

/** Makes the intervals of lines that were read together; those of the same moments have all columns in common but their values. */
export function gatherAll(lines: readonly Rows[], gathering: Gathering): Columns[] {
  let before: { rows: Rows; columns: Columns } | null = null;
  return lines.map((rows) => {
    if (before && before.columns.value === before.rows.value && isAlike(rows, before.rows)) return { ...before.columns, value: rows.value };
    before = { rows, columns: gather(rows, gathering) };
    return before.columns;
  });
}

/** Whether rows are of the moments that others are of, each with one value. */
function isAlike({ start, end, seconds, quality, value, ...more }: Rows, other: Rows): boolean {
  const isSingle = more.total === value && more.low === value && more.high === value && !value.includes(null);
  return isSingle && start === other.start && end === other.end && seconds === other.seconds && quality === other.quality;
}

/** Makes a line's intervals of its rows: each one by itself, or those of a period together. */
export function gather(rows: Rows, gathering: Gathering): Columns {
  if (gathering.approach.as !== "rows") return apart(rows, gathering) ?? withoutIdleExtremes(together(rows, gathering));
  return gathering.approach.from === "observations" ? alone(rows, gathering) : withoutIdleExtremes(kept(rows, gathering));
}

/** Each as it was observed. */
function alone({ start, end, value, quality }: Rows, { measure }: Gathering): Columns {
  const power = (each: number | null, i: number) => (each === null ? null : (each * 3_600) / ((end[i] ?? 0) - (start[i] ?? 0)));
  return { start, end, value: measure === "power" ? value.map(power) : value, quality: Array.from(quality, qualityAt) };
}

/** Each alone in its period, as most snapshots are; null where some aren't, or where a mean isn't meant. */
function apart(rows: Rows, { measure, periods, share }: Gathering): Columns | null {
  const { start, end, value, seconds, quality } = rows;
  if (measure !== "mean" || periods.kind !== "equal" || rows.low !== value || rows.high !== value) return null;
  const [step, from, to] = [periods.step / 1_000, periods.from / 1_000, periods.to / 1_000];
  const isHoled = value.includes(null);
  const columns: Columns = { start: [], end: [], value: isHoled ? [] : value, quality: [] };
  let free = from;
  for (let i = 0; i < start.length; i += 1) {
    const [at, each] = [start[i] ?? 0, value[i] ?? null];
    if (each === null) continue;
    const period = at - ((at - from) % step);
    if (at < free || period + step > to || (end[i] ?? 0) > period + step) return null;
    free = period + step;
    columns.start.push(period);
    columns.end.push(free);
    if (isHoled) columns.value.push(each);
    columns.quality.push(judged(quality[i] ?? 0, seconds[i] ?? 0, step, share));
  }
  return columns;
}

/** Each an hour or day that is kept ready. */
function kept(rows: Rows, { measure, share }: Gathering): Columns {
  const { start, end, seconds } = rows;
  const value = measure === "sum" ? rows.total : measure === "power" ? rows.total.map((total, i) => ((total ?? 0) * 3_600) / (seconds[i] ?? 1)) : rows.value;
  const quality = Array.from(rows.quality, (place, i) => judged(place, seconds[i] ?? 0, (end[i] ?? 0) - (start[i] ?? 0), share));
  return { start, end, value, quality, low: rows.low, high: rows.high };
}

/** An interval that isn't covered whole tells less than it seems to: its value is an estimate. */
function judged(place: number, covered: number, length: number, share: number) {
  return qualityAt(covered < share * length ? Math.max(place, estimated) : place);
}

/** Those that begin in a period as one, or each with its share of every period that it lies in. */
function together(rows: Rows, { approach, measure, periods, share }: Gathering): Columns {
  const columns: Columns = { start: [], end: [], value: [], quality: [], ...(measure === "direction" ? {} : { low: [], high: [] }) };
  const boundsOf = boundaries(periods);
  const shares = approach.as === "shares";
  const first = startOf(periods) / 1_000;
  let open: Sum | null = null;
  const close = (sum: Sum) => {
    columns.start.push(sum.start);
    columns.end.push(sum.end);
    columns.value.push(valueOf(sum, measure));
    columns.quality.push(judged(sum.quality, sum.seconds, sum.end - sum.start, share));
    columns.low?.push(sum.low);
    columns.high?.push(sum.high);
  };
  const waiting: Sum[] = [];
  for (let i = 0; i < rows.start.length; i += 1) {
    if (rows.value[i] === null) continue;
    const [start, end] = [rows.start[i] ?? 0, rows.end[i] ?? 0];
    for (let at = shares ? Math.max(start, first) : start; at < end;) {
      const period = boundsOf(at);
      if (period === null) break;
      const [from, to] = period;
      open = waiting.find((sum) => sum.start === from) ?? null;
      if (!open) {
        open = { start: from, end: to, seconds: 0, weighted: 0, total: 0, low: Infinity, high: -Infinity, quality: 0, sine: 0, cosine: 0 };
        waiting.push(open);
        // Rows come in order of their start: of periods that ended before this one, nothing more comes.
        while (waiting.length > 0 && (waiting[0]?.end ?? Infinity) <= start) close(waiting.shift() ?? open);
      }
      add(open, rows, i, shares ? (Math.min(end, to) - at) / (end - start) : 1);
      if (measure === "direction") turn(open, rows, i);
      at = shares ? to : end;
    }
  }
  for (const sum of waiting.sort((a, b) => a.start - b.start)) close(sum);
  return columns;
}

interface Sum {
  start: number;
  end: number;
  seconds: number;
  weighted: number;
  total: number;
  low: number;
  high: number;
  quality: number;
  sine: number;
  cosine: number;
}

function add(sum: Sum, { value, total, low, high, seconds, quality }: Rows, i: number, part: number): void {
  const [each, covered] = [value[i] ?? 0, (seconds[i] ?? 0) * part];
  sum.seconds += covered;
  sum.weighted += each * covered;
  sum.total += (total[i] ?? 0) * part;
  sum.low = Math.min(sum.low, low[i] ?? Infinity);
  sum.high = Math.max(sum.high, high[i] ?? -Infinity);
  sum.quality = Math.max(sum.quality, quality[i] ?? 0);
}

/** Directions have no mean of their numbers: 350° and 10° are north on average. */
function turn(sum: Sum, { value, seconds }: Rows, i: number): void {
  const [angle, covered] = [((value[i] ?? 0) * Math.PI) / 180, seconds[i] ?? 0];
  sum.sine += Math.sin(angle) * covered;
  sum.cosine += Math.cos(angle) * covered;
}

function valueOf({ seconds, weighted, total, sine, cosine }: Sum, measure: Measure): number {
  if (measure === "sum") return total;
  if (measure === "power") return (total * 3_600) / seconds;
  if (measure === "mean") return weighted / seconds;
  return ((Math.atan2(sine, cosine) * 180) / Math.PI + 360) % 360;
}

/** Finds the period that holds an instant, in seconds; null outside of all. Quick for instants in order. */
function boundaries(periods: Periods): (at: number) => readonly [number, number] | null {
  if (periods.kind === "equal") {
    const [step, from, to] = [periods.step / 1_000, periods.from / 1_000, periods.to / 1_000];
    return (at) => {
      if (at < from || at >= to) return null;
      const start = from + Math.floor((at - from) / step) * step;
      return [start, start + step];
    };
  }
  const bounds = periods.bounds.map((bound) => bound / 1_000);
  let last = 0;
  return (at) => {
    if (at < (bounds[0] ?? Infinity) || at >= (bounds.at(-1) ?? -Infinity)) return null;
    if (at < (bounds[last] ?? Infinity)) last = 0;
    while (at >= (bounds[last + 1] ?? Infinity)) last += 1;
    return [bounds[last] ?? 0, bounds[last + 1] ?? 0];
  };
}

/** Extremes say something only where an interval holds several values. */
function withoutIdleExtremes(columns: Columns): Columns {
  const { start, end, value, quality, low, high } = columns;
  const idle = low && high && value.every((each, i) => each === low[i] && each === high[i]);
  return idle ? { start, end, value, quality } : columns;
}

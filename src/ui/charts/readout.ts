import { formatMeasure, formatNumber } from "#lib/format-number.ts";
import { indexAt, lastFrom, lastValueIndex, looks, type Columns, type Look } from "./columns.ts";
import type { Figure } from "./figure.ts";
import { spanText } from "./zone-clock.ts";

export interface ReadoutRow {
  id: string;
  name: string;
  /** "16 898 MW", or "no data". */
  text: string;
  /** Between which values it was within the interval, "14 013 to 18 520"; null where it has but one. */
  range: string | null;
  color: string | null;
  dashed: boolean;
  look: Look;
  /** For the point on the line; null in stacks and where there is no value. */
  value: number | null;
}

/** What is known of one interval, in the order in which it is drawn from the top. */
export interface Readout {
  start: number;
  end: number;
  /** "13:30–13:35 EST" */
  title: string;
  rows: ReadoutRow[];
}

const dayMs = 86_400_000;
const lookWords: Record<Look, string> = { measured: "", estimated: ", estimated", forecast: "", sample: ", sample" };

/** What the readout says at a stop; null where there is no such stop. */
export function readoutAt(figure: Figure, stop: number): Readout | null {
  const { stops, clock, series, stack } = figure;
  const [start, end] = [stops.start[stop], stops.end[stop]];
  if (start === undefined || end === undefined) return null;
  const several = figure.to - figure.from > 1.1 * dayMs;
  const withYear = clock.partsAt(figure.from).year !== clock.partsAt(figure.to - 1).year;
  const span = spanText(clock, start, end, { withDay: several, withYear });
  // What is true of all is said once, above them.
  const common = commonLook(figure, start);
  const title = common ? `${span}${lookWords[common]}` : span;
  const rows = series.flatMap((each): ReadoutRow[] => {
    const index = indexAt(each.columns, start);
    const value = index < 0 ? NaN : (each.columns.value[index] ?? NaN);
    const missing = Number.isNaN(value);
    // A line that isn't about this time has nothing to say; one that is, but lacks the value, says so.
    if (missing && !isAbout(each.columns, start)) return [];
    const look = looks[each.columns.look[index] ?? 0] ?? "measured";
    const [from, to] = [each.columns.start[index] ?? start, each.columns.end[index] ?? end];
    const own = missing || stack || (from === start && to === end) ? "" : `, ${spanText(clock, from, to, { withZone: false })}`;
    return [{
      id: each.id,
      name: `${each.name}${own}${missing || common ? "" : lookWords[look]}`,
      text: missing ? "no data" : formatMeasure(value, figure.unit, figure.decimals),
      color: each.color,
      dashed: each.dashed === true,
      look,
      range: missing || each.dashed === true ? null : rangeOf(each.columns, index, figure.decimals),
      value: missing || (stack && each.dashed !== true) ? null : value,
    }];
  });
  const own = stack ? asStacked(rows.filter(({ dashed }) => !dashed), figure, start) : rows;
  return { start, end, title, rows: [...own, ...sums(figure, start), ...(stack ? rows.filter(({ dashed }) => dashed) : [])] };
}

function rangeOf({ low, high }: Columns, index: number, decimals: number): string | null {
  const [least, greatest] = [low?.[index] ?? NaN, high?.[index] ?? NaN];
  return Number.isNaN(least) || Number.isNaN(greatest) || least === greatest ? null : `${formatNumber(least, decimals)} to ${formatNumber(greatest, decimals)}`;
}

/** How all values of an interval came to be, where that has a word and is the same for two or more; else null. */
function commonLook({ series }: Figure, start: number): Look | null {
  const found = series.flatMap(({ columns }) => {
    const index = indexAt(columns, start);
    return index < 0 || Number.isNaN(columns.value[index]) ? [] : [looks[columns.look[index] ?? 0] ?? "measured"];
  });
  const [first, second] = new Set(found);
  return found.length > 1 && first !== undefined && second === undefined && lookWords[first] !== "" ? first : null;
}

/** From the top: what is above zero from the last part to the first, then what hangs below zero. */
function asStacked(rows: ReadoutRow[], figure: Figure, start: number): ReadoutRow[] {
  const below = ({ id }: ReadoutRow) => {
    const columns = figure.series.find((each) => each.id === id)?.columns;
    return columns !== undefined && (columns.value[indexAt(columns, start)] ?? 0) < 0;
  };
  return [...rows.filter((row) => !below(row)).toReversed(), ...rows.filter(below)];
}

function sums(figure: Figure, start: number): ReadoutRow[] {
  const plain = { color: null, dashed: false, look: "measured" as const, value: null, range: null };
  if (figure.stack) {
    const values = figure.series.flatMap(({ columns, dashed }) => {
      const value = columns.value[indexAt(columns, start)];
      return dashed === true || value === undefined || Number.isNaN(value) ? [] : [value];
    });
    if (values.length < 2) return [];
    const { above = "Total", net = "Less what is below zero" } = figure.totals ?? {};
    const row = (id: string, name: string, of: number[]) => ({ ...plain, id, name, text: formatMeasure(of.reduce((sum, value) => sum + value, 0), figure.unit, figure.decimals) });
    return [row("total", above, values.filter((value) => value > 0)), ...(values.some((value) => value < 0) ? [row("net", net, values)] : [])];
  }
  if (!figure.difference) return [];
  const { label, of, less } = figure.difference;
  const [minuend, subtrahend] = [of, less].map((id) => {
    const columns = figure.series.find((each) => each.id === id)?.columns;
    return columns?.value[indexAt(columns, start)] ?? NaN;
  });
  const difference = (minuend ?? NaN) - (subtrahend ?? NaN);
  return Number.isNaN(difference) ? [] : [{ ...plain, id: "difference", name: label, text: formatMeasure(difference, figure.unit, figure.decimals) }];
}

function isAbout({ start, end }: { start: Float64Array; end: Float64Array }, at: number): boolean {
  return (start[0] ?? Infinity) <= at && at < (end.at(-1) ?? -Infinity);
}

/** The readout as one sentence, for those who hear it. */
export function spokenReadout({ title, rows }: Readout): string {
  return `${title}: ${rows.map(({ name, text, range }) => `${name} ${text}${range === null ? "" : `, from ${range}`}`).join("; ")}`;
}

/** The stop nearest to an instant; −1 without any. */
export function nearestStop({ stops: { start, end } }: Figure, at: number): number {
  const before = lastFrom(start, at);
  if (before < 0) return start.length > 0 ? 0 : -1;
  if (before + 1 >= start.length || at < (end[before] ?? 0)) return before;
  return at - (end[before] ?? 0) <= (start[before + 1] ?? 0) - at ? before : before + 1;
}

/** The newest interval with a value that isn't a forecast, nor after an instant; -1 where there is none. */
export function newestStop(figure: Figure, now = Infinity): number {
  const starts = figure.series.flatMap(({ columns, dashed }) => dashed ? [] : columns.start[lastValueIndex(columns, { forecasts: false })] ?? []);
  const newest = Math.max(...starts);
  return starts.length === 0 ? -1 : newest > now ? lastFrom(figure.stops.start, now) : nearestStop(figure, newest);
}

/** Where a key leads the readout from a stop; null for keys that don't move it. Without a stop yet, it begins at the newest. */
export function stopAfterKey(figure: Figure, stop: number | null, key: string): number | null {
  const last = figure.stops.start.length - 1;
  if (last < 0) return null;
  const page = Math.max(1, Math.round(last / 10));
  const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -page, PageDown: page };
  if (key === "Home") return 0;
  if (key === "End") return last;
  const move = moves[key];
  if (move === undefined) return null;
  return stop === null ? last : Math.min(last, Math.max(0, stop + move));
}

import { decodeCursor } from "#lib/cursor.ts";
import { AppError } from "#lib/errors.ts";
import { regionFacts } from "#domains/grid/labels.ts";
import type { IntervalLength } from "./references.ts";
import type { GenerationQuery } from "./series-query.ts";
import { resolutions, type Resolution } from "./series-schema.ts";
import { findZone, offsetsWithin, periodsOf, startOfDay, type Offset, type Periods } from "#domains/grid/time/zone-calendar.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const stepMs: Readonly<Record<Resolution, number>> = { "5min": 5 * 60_000, hour: hourMs, day: dayMs, month: 30 * dayMs };
/** Most intervals that one request may cover: two years of five minutes, forty of hours. */
const intervalsAtMost = 360_000;

/** What a request for lines comes to. Instants in milliseconds. */
export interface Plan {
  resolution: Resolution;
  zone: string;
  offsets: readonly Offset[];
  /** What was asked for, its first and last period whole. */
  from: number;
  to: number;
  /** Its periods from the cursor on. */
  periods: Periods;
  asOf: Date | null;
  /** Intervals a page, null for everything at once. */
  limit: number | null;
  points: number;
}

/** Reads a range's query. Throws INVALID_REQUEST, saying what to ask for instead. */
export function planOf(query: GenerationQuery, now: Date, finest: Resolution = "5min"): Plan {
  const zone = findZone(query.tz ?? regionFacts[query.region].zone);
  if (zone === null) throw refused("tz", "This isn't a time zone that is known here. Name one as America/Toronto or Etc/UTC.");
  const to = query.to === undefined ? Math.ceil((now.getTime() + 1) / hourMs) * hourMs : momentOf(query.to, zone, "to");
  const from = query.from === undefined ? to - 7 * dayMs : momentOf(query.from, zone, "from");
  if (from >= to) throw refused("from", "The range ends before it begins: `from` must be earlier than `to`.");
  const resolution = coarser(query.resolution === "auto" ? finestFor(to - from, query.points) : query.resolution, finest);
  if (query.format === "json" && query.limit === undefined && (to - from) / stepMs[resolution] > intervalsAtMost) {
    const wider = resolutions.find((each) => (to - from) / stepMs[each] <= intervalsAtMost) ?? "month";
    throw refused("resolution", `The range has more than ${intervalsAtMost.toLocaleString("en-CA")} intervals of ${resolution}. Ask for resolution=${wider}, for a shorter range, page by page with \`limit\`, or for format=csv.`);
  }
  const whole = periodsOf(zone, resolution, from, to);
  const [first, last] = [startOf(whole), endOf(whole)];
  const page = query.cursor === undefined ? whole : periodsOf(zone, resolution, cursorOf(query.cursor, first, last), last);
  return {
    resolution, zone, offsets: offsetsWithin(zone, first, last), from: first, to: last, periods: page, asOf: asOfOf(query.as_of, now),
    limit: query.limit ?? null, points: query.points,
  };
}

export const startOf = (periods: Periods) => (periods.kind === "equal" ? periods.from : (periods.bounds[0] ?? 0));
export const endOf = (periods: Periods) => (periods.kind === "equal" ? periods.to : (periods.bounds.at(-1) ?? 0));

/** The first so many periods. */
export function firstOf(periods: Periods, count: number): Periods {
  if (periods.kind === "bounded") return { kind: "bounded", bounds: periods.bounds.slice(0, count + 1) };
  return { ...periods, to: Math.min(periods.to, periods.from + count * periods.step) };
}

/** The periods from the one on that holds an instant. */
export function periodsFrom(periods: Periods, instant: number): Periods {
  if (periods.kind === "equal") return { ...periods, from: periods.from + Math.max(0, Math.floor((instant - periods.from) / periods.step)) * periods.step };
  const at = periods.bounds.findLastIndex((bound) => bound <= instant);
  return { kind: "bounded", bounds: periods.bounds.slice(Math.max(0, at)) };
}

export const countOf = (periods: Periods) => (periods.kind === "equal" ? (periods.to - periods.from) / periods.step : periods.bounds.length - 1);

/** What a source's intervals are read from, and what is made of them. */
export interface Approach {
  /** Rows as they were observed, or hours or days of them that are kept ready; `hours-and-longer` also what is an hour or longer itself. */
  from: "observations" | "hours" | "hours-and-longer" | "days";
  /** Each row is an interval; or those that begin in a period are one; or each row counts for the periods it lies in. */
  as: "rows" | "periods" | "shares";
}

/** How intervals of a length become those of a plan; `exact` where what is kept ready doesn't serve, as for values of the past. */
export function approachOf(length: IntervalLength, { resolution, periods }: Pick<Plan, "resolution" | "periods">, sourceZone: string, exact: boolean): Approach {
  // They reach across hours and midnights, and what is kept ready is told of where they begin.
  if (length === "varying") return { from: "observations", as: "shares" };
  if (length === "month" || resolution === "5min") return { from: "observations", as: length === 1 ? "periods" : "rows" };
  const onHours = periods.kind === "equal" ? periods.from % hourMs === 0 : periods.bounds.every((bound) => bound % hourMs === 0);
  const kept = length === "mixed" ? "hours-and-longer" : "hours";
  if (resolution === "hour") {
    if (length === 60) return { from: "observations", as: "rows" };
    if (!onHours || exact) return { from: "observations", as: length === "mixed" ? "shares" : "periods" };
    return { from: kept, as: "rows" };
  }
  if (exact) return { from: "observations", as: onHours ? "periods" : "shares" };
  if (isOfZone(periods, sourceZone)) return { from: "days", as: resolution === "day" ? "rows" : "periods" };
  if (!onHours) return { from: "observations", as: "shares" };
  return { from: length === 60 ? "observations" : kept, as: "periods" };
}

/** Whether the periods begin where days of a source's zone do. */
function isOfZone(periods: Periods, zone: string): boolean {
  if (periods.kind === "equal") return false;
  const days = periodsOf(zone, "day", startOf(periods), endOf(periods));
  if (days.kind === "equal") return false;
  const starts = new Set(days.bounds);
  return periods.bounds.every((bound) => starts.has(bound));
}

function finestFor(length: number, points: number): Resolution {
  return resolutions.find((each) => Math.ceil(length / stepMs[each]) <= points) ?? "month";
}

function coarser(a: Resolution, b: Resolution): Resolution {
  return resolutions.indexOf(a) > resolutions.indexOf(b) ? a : b;
}

function momentOf(text: string, zone: string, path: string): number {
  const [year = 0, month = 1, day = 1] = text.slice(0, 10).split("-").map(Number);
  if (year < 1990 || year > 2100) throw refused(path, "There is nothing before 1990 or after 2100.");
  return text.length === 10 ? startOfDay(zone, year, month, day) : Date.parse(text);
}

function asOfOf(text: string | undefined, now: Date): Date | null {
  if (text === undefined) return null;
  const at = new Date(text);
  if (at > now) throw refused("as_of", "What will be known later can't be told: `as_of` must lie in the past. Leave it out for what is known now.");
  return at;
}

function cursorOf(cursor: string, from: number, to: number): number {
  const at = Date.parse(decodeCursor(cursor, 1)?.[0] ?? "");
  if (!(at >= from && at < to)) throw refused("cursor", "This cursor belongs to another range. Begin without one.");
  return at;
}

export function refused(path: string, message: string): AppError {
  return new AppError("INVALID_REQUEST", { detail: message, errors: [{ path, message }] });
}

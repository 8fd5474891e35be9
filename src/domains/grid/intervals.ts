import { SourceFormatError } from "./sources/source.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Half open: [start, end). */
export interface Interval {
  start: Date;
  end: Date;
}

/** A calendar day as sources write it, 2026-08-17. */
export interface Day {
  year: number;
  month: number;
  day: number;
}

/** Parses `2026-08-17`, or with another order of the parts `17/08/2026`; throws for a day that doesn't exist. */
export function parseDay(text: string, pattern: RegExp = /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/): Day {
  const parts = pattern.exec(text.trim())?.groups;
  const day = { year: Number(parts?.["year"]), month: Number(parts?.["month"]), day: Number(parts?.["day"]) };
  const date = new Date(Date.UTC(day.year, day.month - 1, day.day));
  const exists = date.getUTCFullYear() === day.year && date.getUTCMonth() === day.month - 1 && date.getUTCDate() === day.day;
  if (!parts || !exists || day.year < 1990 || day.year > 2100) throw new SourceFormatError(`${JSON.stringify(text.slice(0, 40))} is no day`);
  return day;
}

/**
 * The hour that a source with a fixed offset from UTC (IESO: −5 all year) calls `hour`, 1 to 24: hour 1 ends at 1:00.
 */
export function hourEnding({ year, month, day }: Day, hour: number, offsetHours: number): Interval {
  requireWithin("hour", hour, 1, 24);
  const start = Date.UTC(year, month - 1, day, hour - 1) - offsetHours * hourMs;
  return { start: new Date(start), end: new Date(start + hourMs) };
}

/** The five minutes that such a source calls `interval`, 1 to 12, of an hour: interval n is minutes 5(n−1) to 5n. */
export function fiveMinutesOf(day: Day, hour: number, interval: number, offsetHours: number): Interval {
  requireWithin("interval", interval, 1, 12);
  const { start } = hourEnding(day, hour, offsetHours);
  return spanFrom(new Date(start.getTime() + (interval - 1) * 5 * minuteMs), 5);
}

/** The interval of so many minutes that begins at `start`. */
export function spanFrom(start: Date, minutes: number): Interval {
  return { start, end: new Date(start.getTime() + minutes * minuteMs) };
}

/** What clocks of a zone show. */
export interface WallTime extends Day {
  hour: number;
  minute: number;
}

/**
 * The instants at which clocks of an IANA zone show this: one, none in the hour that is left out in spring, two in the one
 * that comes twice in autumn, the earlier first. By the time zone data of the runtime, which knows that Alberta keeps
 * UTC−6 since 2026.
 */
export function instantsOf({ year, month, day, hour, minute }: WallTime, zone: string): Date[] {
  const naive = Date.UTC(year, month - 1, day, hour, minute);
  // Offsets change by at most a day around any moment: those before and after cover all that can apply.
  const offsets = new Set([-1, 1].map((days) => offsetAt(new Date(naive + days * 24 * hourMs), zone)));
  const instants = [...offsets].map((offset) => new Date(naive - offset)).filter((instant) => offsetAt(instant, zone) === naive - instant.getTime());
  return instants.sort((a, b) => a.getTime() - b.getTime());
}

/** The start of a day of a zone, and of the next one: 23, 24 or 25 hours. */
export function dayOf({ year, month, day }: Day, zone: string): Interval {
  const midnight = (days: number): Date => {
    const date = new Date(Date.UTC(year, month - 1, day + days));
    const wall = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    // Where midnight itself is left out, the day begins with what clocks show next.
    for (let hour = 0; hour < 3; hour += 1) {
      const [first] = instantsOf({ ...wall, hour, minute: 0 }, zone);
      if (first) return first;
    }
    throw new Error(`${zone} has no such day`);
  };
  return { start: midnight(0), end: midnight(1) };
}

/** What clocks of a zone show at an instant. */
export function wallTimeAt(instant: Date, zone: string): WallTime {
  const shown = new Date(instant.getTime() + offsetAt(instant, zone));
  return {
    year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate(), hour: shown.getUTCHours(), minute: shown.getUTCMinutes(),
  };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** How far clocks of a zone are ahead of UTC at an instant, in milliseconds. */
export function offsetAt(instant: Date, zone: string): number {
  const known = formatters.get(zone);
  const formatter = known ?? new Intl.DateTimeFormat("en-US", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
  });
  if (!known) formatters.set(zone, formatter);
  const parts = Object.fromEntries(formatter.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant.getTime() / 1_000) * 1_000;
}

function requireWithin(what: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) throw new SourceFormatError(`${value} is no ${what} (${least} to ${most})`);
}

import { SourceFormatError } from "#domains/grid/sources/source.ts";

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

/**
 * The hour that a source on a zone's clocks calls `hour`, 1 to 24: hour 1 ends at 1:00. Where the clock comes back to an
 * hour in autumn, `again` is its second time (AESO writes 02 and 02*). Throws for an hour that the day doesn't have.
 */
export function zonedHourEnding(day: Day, hour: number, zone: string, again = false): Interval {
  requireWithin("hour", hour, 1, 24);
  const instants = instantsOf({ ...day, hour: hour - 1, minute: 0 }, zone);
  const start = instants[again ? 1 : 0];
  if (!start) throw new SourceFormatError(`${day.year}-${day.month}-${day.day} has no ${again ? "second " : ""}hour ${hour} in ${zone}`);
  return spanFrom(start, 60);
}

/**
 * The instants of a list of times as clocks of a zone showed them, in the list's order: a time that comes twice in a list is
 * its first instant, then its second. Null where that can't be told: a time that clocks leave out, one that they show twice
 * but the list once or more often than twice.
 */
export function instantsInOrder(times: readonly WallTime[], zone: string): (Date | null)[] {
  const keyOf = ({ year, month, day, hour, minute }: WallTime) => [year, month, day, hour, minute].join(" ");
  const named = Map.groupBy(times, keyOf);
  const seen = new Map<string, number>();
  return times.map((time) => {
    const key = keyOf(time);
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    const instants = instantsOf(time, zone);
    if (instants.length === 2) return named.get(key)?.length === 2 ? (instants[nth] ?? null) : null;
    return instants[0] ?? null;
  });
}

/** Parses `2023-08-15T00:30:00` or `2023-08-15 00:30`, a time without a zone. Throws for anything else. */
export function parseWallTime(text: string): WallTime {
  const parts = /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)(?::00(?:\.0+)?)?$/.exec(text.trim());
  if (!parts) throw new SourceFormatError(`${JSON.stringify(text.slice(0, 40))} is no time`);
  return { ...parseDay(parts[1] ?? ""), hour: Number(parts[2]), minute: Number(parts[3]) };
}

/** Parses a time with its offset, `2026-09-29T15:45:00+00:00` or `…Z`; without one it counts as UTC. Throws for anything else. */
export function parseInstant(text: string): Date {
  const parts = /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d{1,6})?)?\s?(Z|[+-]\d{2}:?\d{2})?$/.exec(text.trim());
  if (!parts) throw new SourceFormatError(`${JSON.stringify(text.slice(0, 40))} is no time`);
  const [, date = "", hour, minute, second = "0", fraction = "", zone = "Z"] = parts;
  const { year, month, day } = parseDay(date);
  const [sign, hours, minutes] = zone === "Z" ? [1, 0, 0] : [zone.startsWith("-") ? -1 : 1, Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 14 || minutes > 59) throw new SourceFormatError(`${JSON.stringify(text.slice(0, 40))} is no time`);
  const shown = Date.UTC(year, month - 1, day, Number(hour), Number(minute), Number(second), Math.floor(Number(`0${fraction}`) * 1_000));
  return new Date(shown - sign * (hours * hourMs + minutes * minuteMs));
}

/** The interval of so many minutes, counted from the hour, that an instant lies in. */
export function gridOf(instant: Date, minutes: number): Interval {
  return spanFrom(new Date(Math.floor(instant.getTime() / (minutes * minuteMs)) * minutes * minuteMs), minutes);
}

/** The calendar days of a zone that a range of time touches, in stretches of at most so many days, first and last included. */
export function* stretchesOf({ from, to }: { from: Date; to: Date }, zone: string, mostDays: number): Generator<{ first: Day; last: Day }> {
  const dayNumber = (at: Date) => {
    const { year, month, day } = wallTimeAt(at, zone);
    return Date.UTC(year, month - 1, day) / (24 * hourMs);
  };
  const dayAt = (number: number): Day => {
    const date = new Date(number * 24 * hourMs);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  };
  const last = dayNumber(new Date(to.getTime() - 1));
  for (let first = dayNumber(from); first <= last; first += mostDays) {
    yield { first: dayAt(first), last: dayAt(Math.min(first + mostDays - 1, last)) };
  }
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

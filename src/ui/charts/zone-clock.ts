import { zoneLabel } from "#lib/zone-label.ts";

/** A zone as the server sends it: the browser's own rules may be older. */
export interface ZoneOffsets {
  name: string;
  /** Minutes ahead of UTC from each instant on; the first holds before its instant too. */
  offsets: readonly { from: string; minutes: number }[];
}

export interface WallParts {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/** Reads instants, in milliseconds, as the clocks of one zone show them. */
export interface ZoneClock {
  name: string;
  minutesAt: (at: number) => number;
  /** "EST" */
  labelAt: (at: number) => string;
  partsAt: (at: number) => WallParts;
  /** The first instant at which clocks show this, or what they show next where it is left out. */
  instantOf: (parts: WallParts) => number;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

export function zoneClock({ name, offsets }: ZoneOffsets): ZoneClock {
  const changes = offsets.map(({ from, minutes }) => ({ from: Date.parse(from), minutes }));
  const minutesAt = (at: number) => (changes.findLast(({ from }) => from <= at) ?? changes[0])?.minutes ?? 0;
  const partsAt = (at: number): WallParts => {
    const wall = new Date(at + minutesAt(at) * minuteMs);
    return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate(), hour: wall.getUTCHours(), minute: wall.getUTCMinutes() };
  };
  const instantOf = ({ year, month, day, hour, minute }: WallParts): number => {
    const naive = Date.UTC(year, month - 1, day, hour, minute);
    const [before, after] = [minutesAt(naive - dayMs), minutesAt(naive + dayMs)];
    const candidates = [...new Set([before, after])].map((minutes) => naive - minutes * minuteMs).sort((a, b) => a - b);
    return candidates.find((at) => at + minutesAt(at) * minuteMs === naive) ?? naive - before * minuteMs;
  };
  return { name, minutesAt, labelAt: (at) => zoneLabel(name, minutesAt(at)), partsAt, instantOf };
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (value: number) => String(value).padStart(2, "0");

/** "16:35" */
export function clockText(clock: ZoneClock, at: number): string {
  const { hour, minute } = clock.partsAt(at);
  return `${two(hour)}:${two(minute)}`;
}

/** "20 Nov", with the year where asked for. */
export function dayText(clock: ZoneClock, at: number, withYear = false): string {
  const { year, month, day } = clock.partsAt(at);
  return `${day} ${months[month - 1]}${withYear ? ` ${year}` : ""}`;
}

/** "Nov", or "2026" for January. */
export function monthText(clock: ZoneClock, at: number): string {
  const { year, month } = clock.partsAt(at);
  return month === 1 ? String(year) : (months[month - 1] ?? "");
}

function isMidnight(clock: ZoneClock, at: number): boolean {
  const { hour, minute } = clock.partsAt(at);
  return hour === 0 && minute === 0;
}

function wholeDays(clock: ZoneClock, start: number, end: number): boolean {
  return isMidnight(clock, start) && isMidnight(clock, end) && end - start > dayMs / 2;
}

interface SpanStyle {
  /** Says the day as well, for ranges of more than one. */
  withDay?: boolean;
  withYear?: boolean;
  /** Says the zone at the end. */
  withZone?: boolean;
}

/**
 * An interval as it is said: "16:30–16:35 EST", "20 Nov, 23:00–24:00 EST", "20 Nov 2026" for a day, "Nov 2026" for a month.
 */
export function spanText(clock: ZoneClock, start: number, end: number, { withDay = false, withYear = false, withZone = true }: SpanStyle = {}): string {
  if (wholeDays(clock, start, end)) {
    const [first, last] = [clock.partsAt(start), clock.partsAt(end - 1)];
    if (first.day === 1 && clock.partsAt(end).day === 1 && first.month === last.month) return `${months[first.month - 1]} ${first.year}`;
    if (first.day === last.day && first.month === last.month) return dayText(clock, start, true);
    return `${dayText(clock, start, first.year !== last.year)}–${dayText(clock, end - 1, true)}`;
  }
  const zone = withZone ? `\u00a0${clock.labelAt(start)}` : "";
  const day = withDay ? `${dayText(clock, start, withYear)}, ` : "";
  const sameDay = dayText(clock, start) === dayText(clock, end - 1);
  const until = isMidnight(clock, end) && sameDay ? "24:00" : clockText(clock, end);
  if (sameDay) return `${day}${clockText(clock, start)}–${until}${zone}`;
  return `${dayText(clock, start, withYear)}, ${clockText(clock, start)}–${dayText(clock, end)}, ${clockText(clock, end)}${zone}`;
}

/** "20 Nov 2026, 16:35 EST" */
export function momentText(clock: ZoneClock, at: number): string {
  return `${dayText(clock, at, true)}, ${clockText(clock, at)}\u00a0${clock.labelAt(at)}`;
}

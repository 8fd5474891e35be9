import { offsetAt } from "./intervals.ts";
import type { Resolution } from "#domains/grid/series/series-schema.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** From this instant (milliseconds) on, a zone's clocks are so many minutes ahead of UTC. */
export interface Offset {
  at: number;
  minutes: number;
}

const names = new Map<string, string | null>();
const namesAtMost = 1_000;

/** The runtime's own name for a zone, whatever the case it is written in; null for one that the runtime doesn't know. */
export function findZone(name: string): string | null {
  const known = names.get(name);
  if (known !== undefined) return known;
  let found: string | null = null;
  try {
    // A bare offset is a zone to the runtime, but has no name.
    if (/^[A-Za-z]/.test(name)) found = new Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    found = null;
  }
  if (names.size < namesAtMost) names.set(name, found);
  return found;
}

const years = new Map<string, Offset[]>();
const yearsAtMost = 4_000;

/** The offsets of a zone's clocks over a range: the first holds from its start, the others where clocks change. */
export function offsetsWithin(zone: string, from: number, to: number): [Offset, ...Offset[]] {
  const all: Offset[] = [];
  for (let year = new Date(from).getUTCFullYear(); year <= new Date(Math.max(from, to - 1)).getUTCFullYear(); year += 1) all.push(...offsetsOfYear(zone, year));
  const before = all.findLast(({ at }) => at <= from);
  const changes = all.filter(({ at }, i) => at > from && at < to && all[i - 1]?.minutes !== all[i]?.minutes);
  return [{ at: from, minutes: before?.minutes ?? 0 }, ...changes];
}

/** Looks once a week, since no zone changes its clocks back and forth within one, and narrows down where it differs. */
function offsetsOfYear(zone: string, year: number): Offset[] {
  const key = `${zone} ${year}`;
  const known = years.get(key);
  if (known) return known;
  const minutesAt = (at: number) => Math.round(offsetAt(new Date(at), zone) / minuteMs);
  const [start, end] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
  const offsets: Offset[] = [{ at: start, minutes: minutesAt(start) }];
  for (let at = start; at < end; at += 7 * dayMs) {
    const next = Math.min(at + 7 * dayMs, end);
    const [before, after] = [minutesAt(at), minutesAt(next)];
    if (before === after) continue;
    let [low, high] = [at, next];
    while (high - low > minuteMs) {
      const middle = low + Math.floor((high - low) / 2 / minuteMs) * minuteMs;
      if (minutesAt(middle) === before) low = middle;
      else high = middle;
    }
    if (high < end) offsets.push({ at: high, minutes: after });
  }
  if (years.size >= yearsAtMost) years.clear();
  years.set(key, offsets);
  return offsets;
}

/** The first instant at which clocks show `wall` (as if it were UTC) or later. */
function firstInstantOf(wall: number, offsets: readonly Offset[]): number {
  for (const [i, { at, minutes }] of offsets.entries()) {
    const instant = Math.max(at, wall - minutes * minuteMs);
    if (instant < (offsets[i + 1]?.at ?? Infinity)) return instant;
  }
  throw new Error("A zone without offsets");
}

/** The instant at which a day of a zone begins. */
export function startOfDay(zone: string, year: number, month: number, day: number): number {
  const wall = Date.UTC(year, month - 1, day);
  return firstInstantOf(wall, offsetsWithin(zone, wall - 2 * dayMs, wall + 2 * dayMs));
}

/** How intervals of an answer lie: all equally long, or between bounds. Milliseconds. */
export type Periods = { kind: "equal"; step: number; from: number; to: number } | { kind: "bounded"; bounds: number[] };

/**
 * The periods of a zone's clocks that a range touches, first and last whole. Days have 23, 24 or 25 hours; hours begin when
 * clocks show a whole one, which is half past by UTC in half-hour zones.
 */
export function periodsOf(zone: string, resolution: Resolution, from: number, to: number): Periods {
  const offsets = offsetsWithin(zone, from - 40 * dayMs, to + 40 * dayMs);
  if (resolution === "5min") return equal(5 * minuteMs, 0, from, to);
  if (resolution === "hour") {
    const rests = new Set(offsets.map(({ minutes }) => ((minutes % 60) + 60) % 60));
    const [rest = 0] = rests;
    if (rests.size === 1) return equal(60 * minuteMs, -rest * minuteMs, from, to);
  }
  const wallAt = (instant: number) => instant + (offsets.findLast(({ at }) => at <= instant)?.minutes ?? 0) * minuteMs;
  const first = new Date(wallAt(from));
  const bounds: number[] = [];
  for (let i = 0; ; i += 1) {
    const bound = firstInstantOf(wallOf(resolution, first, i), offsets);
    if (bound > (bounds.at(-1) ?? -Infinity)) bounds.push(bound);
    if (bound >= to) return { kind: "bounded", bounds };
  }
}

function wallOf(resolution: Resolution, first: Date, nth: number): number {
  const [year, month, day] = [first.getUTCFullYear(), first.getUTCMonth(), first.getUTCDate()];
  if (resolution === "month") return Date.UTC(year, month + nth, 1);
  return resolution === "day" ? Date.UTC(year, month, day + nth) : Date.UTC(year, month, day, first.getUTCHours() + nth);
}

function equal(step: number, origin: number, from: number, to: number): Periods {
  return { kind: "equal", step, from: Math.floor((from - origin) / step) * step + origin, to: Math.ceil((to - origin) / step) * step + origin };
}

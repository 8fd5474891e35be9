import { clockText, dayText, monthText, type ZoneClock } from "./zone-clock.ts";

export interface Tick {
  at: number;
  text: string;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Steps of a time axis: within a day in minutes, then in days, then in months. */
const minuteSteps = [5, 10, 15, 30, 60, 120, 180, 360, 720];
const dayTicks = [1, 2, 5, 10];
const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120];

/** Ticks where the zone's clocks show round times, at most about `most`; midnight shows its date when there are several. */
export function timeTicks(clock: ZoneClock, from: number, to: number, most: number): Tick[] {
  const span = to - from;
  const enough = (stepMs: number) => span / stepMs <= most;
  const minutes = minuteSteps.find((step) => enough(step * minuteMs));
  if (minutes !== undefined && span <= 3 * dayMs) return withinDays(clock, from, to, minutes);
  const days = dayTicks.find((step) => enough(step * dayMs));
  if (days !== undefined) return byDays(clock, from, to, days);
  const months = monthSteps.find((step) => enough(step * 31 * dayMs)) ?? 120;
  return byMonths(clock, from, to, months);
}

function withinDays(clock: ZoneClock, from: number, to: number, step: number): Tick[] {
  const ticks: Tick[] = [];
  const several = to - from > dayMs + hourMs;
  const first = { ...clock.partsAt(from), hour: 0, minute: 0 };
  for (let day = 0; day < 5; day += 1) {
    for (let minute = 0; minute < 24 * 60; minute += step) {
      const at = clock.instantOf({ ...first, day: first.day + day, hour: 0, minute });
      if (at > to) return ticks;
      if (at >= from && at > (ticks.at(-1)?.at ?? -Infinity)) {
        const text = minute === 0 && several ? dayText(clock, at) : at === to && minute === 0 ? "24:00" : clockText(clock, at);
        ticks.push({ at, text });
      }
    }
  }
  return ticks;
}

function byDays(clock: ZoneClock, from: number, to: number, step: number): Tick[] {
  const ticks: Tick[] = [];
  const first = { ...clock.partsAt(from), hour: 0, minute: 0 };
  let month = 0;
  for (let day = 0; ; day += 1) {
    const at = clock.instantOf({ ...first, day: first.day + day });
    if (at >= to) return ticks;
    const parts = clock.partsAt(at);
    // Steps of several days begin anew with each month, and leave no room for a tick right before the first.
    if (at < from || (step > 1 && ((parts.day - 1) % step !== 0 || parts.day > 31 - step / 2))) continue;
    ticks.push({ at, text: parts.month === month ? String(parts.day) : dayText(clock, at) });
    month = parts.month;
  }
}

function byMonths(clock: ZoneClock, from: number, to: number, step: number): Tick[] {
  const ticks: Tick[] = [];
  const { year, month } = clock.partsAt(from);
  const first = year * 12 + month - 1;
  for (let index = first - (first % step); ; index += step) {
    const at = clock.instantOf({ year: Math.floor(index / 12), month: (index % 12) + 1, day: 1, hour: 0, minute: 0 });
    if (at >= to) return ticks;
    if (at >= from) ticks.push({ at, text: monthText(clock, at) });
  }
}

export interface ValueScale {
  min: number;
  max: number;
  step: number;
  /** From the lowest to the highest. */
  ticks: number[];
  /** How many decimals its ticks need. */
  decimals: number;
}

/**
 * A scale of round steps around the values. `zero` holds it at zero, as areas and bars need; a line whose values are all
 * far from zero starts elsewhere otherwise.
 */
export function valueScale(low: number, high: number, { zero, about = 5 }: { zero: boolean; about?: number }): ValueScale {
  const least = Number.isFinite(low) ? low : 0;
  const most = Number.isFinite(high) ? high : 1;
  const room = (most - least || Math.abs(most) || 1) * 0.04;
  const near = zero || (least >= 0 ? least < (most - least) * 0.5 : most > 0);
  const bottom = near ? Math.min(0, least < 0 ? least - room : 0) : least - room;
  const top = near ? Math.max(0, most > 0 ? most + room : 0) : most + room;
  const step = roundStep((top - bottom || 1) / about);
  const first = Math.floor(bottom / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(top / step - 1e-9));
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  // Little below zero needs no whole step of room.
  const half = near && bottom < 0 && least >= (first + 0.52) * step && last >= first + 2;
  const from = half ? first + 1 : first;
  const ticks = Array.from({ length: last - from + 1 }, (_, index) => Number(((from + index) * step).toFixed(decimals)));
  return { min: half ? (first + 0.5) * step : (ticks[0] ?? 0), max: ticks.at(-1) ?? 1, step, ticks, decimals };
}

function roundStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 2.5, 5, 10].find((each) => each * power >= raw - power * 1e-9) ?? 10;
  return (factor === 2.5 && power < 10 ? 5 : factor) * power;
}

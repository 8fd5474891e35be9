import type { Zone } from "#domains/grid/index.ts";
import type { Clock } from "#lib/clock.ts";
import { formatMeasure, formatNumber } from "#lib/format-number.ts";
import { formatClock, formatDate, formatHours } from "#lib/format-time.ts";
import { zoneLabel } from "#lib/zone-label.ts";
import { dayMs } from "./points.ts";

/** How many decimals people read of a unit. */
const decimals: Readonly<Record<string, number>> = { "CAD/MWh": 2, "°C": 1, "%": 1, "km/h": 1, mm: 1, "percentage points": 1, "": 2 };

export function decimalsOf(unit: string): number {
  return decimals[unit] ?? 0;
}

/** A value with its unit: "17 747 MW", "−$38.20/MWh", "3 hours". */
export function measureWords(value: number, unit: string): string {
  if (unit === "hours" || unit === "intervals" || unit === "values") {
    const text = formatNumber(value, Number.isInteger(value) ? 0 : 1);
    return `${text}\u00a0${text === "1" ? unit.slice(0, -1) : unit}`;
  }
  return formatMeasure(value, unit, decimalsOf(unit));
}

/** What clocks of the zone show at an instant. */
export function clockAt({ name, offsets }: Zone, at: number): Clock {
  const minutes = (offsets.findLast(({ from }) => Date.parse(from) <= at) ?? offsets[0])?.minutes ?? 0;
  return { minutes, label: zoneLabel(name, minutes) };
}

const isMidnight = (at: number, clock: Clock) => (at + clock.minutes * 60_000) % dayMs === 0;

/** An interval as it is said: "20 Nov 2026, 16:35–16:40 EST", "20 Nov 2026" for a day, "14 Nov 2026 – 20 Nov 2026" for several. */
export function spanWords(zone: Zone, start: number, end: number): string {
  const [first, last] = [clockAt(zone, start), clockAt(zone, end)];
  const [from, to] = [new Date(start), new Date(end)];
  const ends = formatDate(new Date(end - 1), last);
  if (isMidnight(start, first) && isMidnight(end, last)) return formatDate(from, first) === ends ? ends : `${formatDate(from, first)}\u2009–\u2009${ends}`;
  const until = isMidnight(end, last) ? "24:00" : formatHours(to, last);
  if (formatDate(from, first) === ends) return `${ends}, ${formatHours(from, first)}–${until}\u00a0${last.label}`;
  return `${formatDate(from, first)}, ${formatClock(from, first)} – ${ends}, ${until}\u00a0${last.label}`;
}

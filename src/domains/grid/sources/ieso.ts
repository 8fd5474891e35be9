import { SourceFormatError } from "./source.ts";

/** IESO's clock is UTC−5 all year, whatever Toronto's shows: every day has 24 hours. */
export const iesoOffsetHours = -5;
export const iesoZone = "Etc/GMT+5";
export const iesoLicence = { name: "IESO terms of use", url: "https://www.ieso.ca/en/Terms-of-Use" };
export const iesoReports = "https://reports-public.ieso.ca/public";

/** The instant of a creation time such as 2026-09-28T07:52:30 or 2026-08-18 07:30:09; null for none. */
export function iesoInstant(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const parts = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})/.exec(text.trim());
  if (!parts) throw new SourceFormatError(`${JSON.stringify(text.slice(0, 40))} is no time`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  return new Date(Date.UTC(year, month - 1, day, hour - iesoOffsetHours, minute, second));
}

/**
 * What quantities of Ontario can be, in MW or MWh of an hour: far beyond what ever was, so that nothing real is refused, and
 * within what another unit or another column would show. Demand peaked at 27,005 MW on 2006-08-01 (IESO) and was a fraction
 * of that in the blackout of August 2003; the adequacy report of 2025-02-28 counts 37,988 MW of capacity, 13,206 of them
 * nuclear, the greatest fuel, and 2,875 MW of exports; the largest generator that IESO lists is Sir Adam Beck 2 (1,499 MW by
 * OPG). Pumps and batteries draw a few hundred MW.
 */
const bounds = {
  "demand of Ontario": [500, 50_000],
  "output of all plants of Ontario": [0, 50_000],
  "output of one fuel": [-1_000, 30_000],
  "capacity of one fuel": [0, 30_000],
  "output of one generator": [-1_000, 3_000],
  "capability of one generator": [0, 3_000],
  "exchange of Ontario with its neighbours": [0, 20_000],
  "reserve of Ontario": [0, 10_000],
} as const;
export type Bounded = keyof typeof bounds;

/** A quantity that is within its bounds, or null. Throws SourceFormatError for what can't be. */
export function iesoAmountOf(value: number | null, what: Bounded): number | null {
  const [least, most] = bounds[what];
  if (value !== null && (value < least || value > most)) throw new SourceFormatError(`${value} is no ${what} in MW (${least} to ${most})`);
  return value;
}

/** The calendar days, by IESO's clock, that a range of time touches, as 20260928. */
export function* iesoDays({ from, to }: { from: Date; to: Date }): Generator<{ text: string; start: Date }> {
  const dayMs = 24 * 3_600_000;
  const shift = iesoOffsetHours * 3_600_000;
  const first = Math.floor((from.getTime() + shift) / dayMs) * dayMs;
  for (let day = first; day - shift < to.getTime(); day += dayMs) {
    yield { text: new Date(day).toISOString().slice(0, 10).replaceAll("-", ""), start: new Date(day - shift) };
  }
}

/** The hours, by IESO's clock, that a range of time touches, as 2026092808: 08 is the hour that ends at 8:00, 24 the last. */
export function* iesoHours({ from, to }: { from: Date; to: Date }): Generator<string> {
  const hourMs = 3_600_000;
  for (let hour = Math.floor(from.getTime() / hourMs) * hourMs; hour < to.getTime(); hour += hourMs) {
    const shown = new Date(hour + iesoOffsetHours * hourMs);
    yield `${shown.toISOString().slice(0, 10).replaceAll("-", "")}${String(shown.getUTCHours() + 1).padStart(2, "0")}`;
  }
}

/** The years, by IESO's clock, that a range of time touches. */
export function* iesoYears({ from, to }: { from: Date; to: Date }): Generator<number> {
  const yearOf = (at: number) => new Date(at + iesoOffsetHours * 3_600_000).getUTCFullYear();
  for (let year = yearOf(from.getTime()); year <= yearOf(to.getTime() - 1); year += 1) yield year;
}

/** A range that holds the moment so many hours from now (before: less than 0), and nothing else. */
export function momentIn(hours: number): { from: Date; to: Date } {
  const at = Date.now() + hours * 3_600_000;
  return { from: new Date(at), to: new Date(at + 1) };
}

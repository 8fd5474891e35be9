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

/** The calendar days, by IESO's clock, that a range of time touches, as 20260928. */
export function* iesoDays({ from, to }: { from: Date; to: Date }): Generator<{ text: string; start: Date }> {
  const dayMs = 24 * 3_600_000;
  const shift = iesoOffsetHours * 3_600_000;
  const first = Math.floor((from.getTime() + shift) / dayMs) * dayMs;
  for (let day = first; day - shift < to.getTime(); day += dayMs) {
    yield { text: new Date(day).toISOString().slice(0, 10).replaceAll("-", ""), start: new Date(day - shift) };
  }
}

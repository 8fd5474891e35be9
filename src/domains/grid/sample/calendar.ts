const dayMs = 86_400_000;

/** True for Saturdays, Sundays and the holidays that most of Canada keeps; `day` counts days since 1970-01-01. */
export function isDayOff(day: number): boolean {
  const date = new Date(day * dayMs);
  const [year, month, dayOfMonth, weekday] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCDay()];
  if (weekday === 0 || weekday === 6) return true;
  const fixed = (month === 1 && dayOfMonth === 1) || (month === 7 && dayOfMonth === 1) || (month === 12 && (dayOfMonth === 25 || dayOfMonth === 26));
  if (fixed) return true;
  // Victoria Day, Labour Day and Thanksgiving are Mondays.
  if (weekday === 1) return (month === 5 && dayOfMonth >= 18 && dayOfMonth <= 24) || (month === 9 && dayOfMonth <= 7) || (month === 10 && dayOfMonth >= 8 && dayOfMonth <= 14);
  return weekday === 5 && day === easterOf(year) - 2;
}

/** The day of Easter Sunday, counted since 1970-01-01, by the rule of Meeus. */
function easterOf(year: number): number {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return Math.floor(Date.UTC(year, Math.floor(f / 31) - 1, (f % 31) + 1) / dayMs);
}

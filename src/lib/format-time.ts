import { est, shownBy, type Clock } from "./clock.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** "20 Nov 2026" */
export function formatDate(time: string | Date, clock: Clock = est): string {
  const shown = shownBy(clock, time);
  return `${shown.getUTCDate()} ${months[shown.getUTCMonth()]} ${shown.getUTCFullYear()}`;
}

/** "20 Nov" */
export function formatDay(time: string | Date, clock: Clock = est): string {
  const shown = shownBy(clock, time);
  return `${shown.getUTCDate()} ${months[shown.getUTCMonth()]}`;
}

/** "16:35", for where the zone is said elsewhere */
export function formatHours(time: string | Date, clock: Clock = est): string {
  return shownBy(clock, time).toISOString().slice(11, 16);
}

/** "16:35 EST" */
export function formatClock(time: string | Date, clock: Clock = est): string {
  return `${formatHours(time, clock)} ${clock.label}`;
}

/** "20 Nov 2026, 16:35 EST" */
export function formatDateTime(time: string | Date, clock: Clock = est): string {
  return `${formatDate(time, clock)}, ${formatClock(time, clock)}`;
}

/** "Fri 20 Nov 2026, 16:35 EST" */
export function formatDayTime(time: string | Date, clock: Clock = est): string {
  return `${weekdays[shownBy(clock, time).getUTCDay()]} ${formatDateTime(time, clock)}`;
}

const minuteMs = 60_000;

/** "now", "3 min ago", "5 h ago", "2 days ago": how long before `now` a moment was. */
export function formatAge(time: string | Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - new Date(time).getTime()) / minuteMs);
  if (minutes < 1) return "now";
  if (minutes < 120) return `${minutes} min ago`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h ago` : `${Math.floor(minutes / (24 * 60))} days ago`;
}

/** "12 s", then as formatSpan: how long to wait. */
export function formatWait(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : formatSpan(Math.ceil(seconds / 60));
}

/** "5 min", "1 h", "1 day", "30 days": how often something comes. */
export function formatSpan(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return `${Math.round(minutes / 6) / 10} h`;
  const days = Math.round(minutes / (24 * 60));
  if (days >= 365) return "1 year";
  return days === 1 ? "1 day" : `${days} days`;
}

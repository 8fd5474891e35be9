const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** Eastern Standard Time, UTC−5 in every month: the clock of the Ontario market, so one that never jumps. */
const estOffsetMs = -5 * 3_600_000;

function inEst(time: string | Date): Date {
  return new Date(new Date(time).getTime() + estOffsetMs);
}

/** "20 Nov 2026" */
export function formatDate(time: string | Date): string {
  const est = inEst(time);
  return `${est.getUTCDate()} ${months[est.getUTCMonth()]} ${est.getUTCFullYear()}`;
}

/** "16:35 EST" */
export function formatClock(time: string | Date): string {
  return `${inEst(time).toISOString().slice(11, 16)} EST`;
}

/** "20 Nov 2026, 16:35 EST" */
export function formatDateTime(time: string | Date): string {
  return `${formatDate(time)}, ${formatClock(time)}`;
}

/** "Fri 20 Nov 2026, 16:35 EST" */
export function formatDayTime(time: string | Date): string {
  return `${weekdays[inEst(time).getUTCDay()]} ${formatDateTime(time)}`;
}

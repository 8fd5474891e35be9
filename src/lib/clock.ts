/** What clocks of a zone show at some time: for moments near it, so that browsers need no time zone data of their own. */
export interface Clock {
  /** How many minutes they are ahead of UTC. */
  minutes: number;
  /** What people call it: "EST". */
  label: string;
}

/** Eastern Standard Time, UTC−5 in every month: the clock of the Ontario market, so one that never jumps. */
export const est: Clock = { minutes: -300, label: "EST" };
export const utc: Clock = { minutes: 0, label: "UTC" };

/** "UTC−5", "UTC−3:30", "UTC" */
export function offsetWords(minutes: number): string {
  if (minutes === 0) return "UTC";
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? "−" : "+"}${hours}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
}

/** The moment as a date whose UTC parts are what the clock shows. */
export function shownBy({ minutes }: Clock, time: string | Date): Date {
  return new Date(new Date(time).getTime() + minutes * 60_000);
}

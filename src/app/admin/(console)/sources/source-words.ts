import type { SwitchedSource } from "#domains/grid/index.ts";

/** Whether a source is asked, and who says so. */
export function switchWords({ enabled, switchedBy }: Pick<SwitchedSource, "enabled" | "switchedBy">): string {
  if (switchedBy === "admin") return enabled ? "On, by an administrator" : "Off, by an administrator";
  return enabled ? "On, by its own check" : "Off, until its check passes";
}

/** How often there is something new. */
export function cadenceWords(minutes: number): string {
  if (minutes < 60) return `${minutes} minutes`;
  if (minutes === 60) return "hourly";
  if (minutes === 24 * 60) return "daily";
  return minutes >= 365 * 24 * 60 ? "yearly" : `${Math.round(minutes / 60)} hours`;
}

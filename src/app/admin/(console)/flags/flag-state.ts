import type { FlagView } from "#platform/flags/schema.ts";

/** Who a flag is on for, in words. */
export function flagState({ enabled, rolloutPercent }: Pick<FlagView, "enabled" | "rolloutPercent">): string {
  if (!enabled || rolloutPercent === 0) return "off";
  return rolloutPercent === 100 ? "on for everybody" : `on for ${rolloutPercent} %`;
}

import { est } from "#lib/clock.ts";
import type { ZoneOffsets } from "#ui/charts/zone-clock.ts";
import type { SeriesAnswer } from "#domains/grid/series/series-schema.ts";
import type { ZoneChoice } from "./zone-choice.ts";

/** The clocks that a region's demand is shown by: those that were chosen, but of days those that they begin at midnight of. */
export function shownZone({ resolution, zone, from }: Pick<SeriesAnswer, "resolution" | "zone" | "from">, choice: ZoneChoice): ZoneOffsets {
  if (choice === "local" || resolution === "day") return zone;
  return choice === "utc" ? { name: "UTC", offsets: [{ from, minutes: 0 }] } : { name: "Etc/GMT+5", offsets: [{ from, minutes: est.minutes }] };
}

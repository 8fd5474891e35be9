import type { Clock } from "#lib/clock.ts";
import { zoneLabel } from "#lib/zone-label.ts";
import { offsetAt } from "./intervals.ts";

/** What clocks of an IANA zone show around a moment, by the runtime's time zone data. */
export function clockOf(zone: string, at: Date): Clock {
  const minutes = offsetAt(at, zone) / 60_000;
  return { minutes, label: zoneLabel(zone, minutes) };
}

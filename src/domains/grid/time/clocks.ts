import { est, utc, type Clock } from "#lib/clock.ts";
import { offsetAt } from "./intervals.ts";

/** What clocks of an IANA zone show around a moment, by the runtime's time zone data. */
export function clockOf(zone: string, at: Date): Clock {
  if (zone === "Etc/GMT+5") return est;
  if (zone === "UTC") return utc;
  const named = new Intl.DateTimeFormat("en-CA", { timeZone: zone, timeZoneName: "short" }).formatToParts(at).find(({ type }) => type === "timeZoneName");
  return { minutes: offsetAt(at, zone) / 60_000, label: named?.value ?? zone };
}

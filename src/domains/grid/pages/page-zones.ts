import { offsetWords } from "#lib/clock.ts";
import { zoneLabel } from "#lib/zone-label.ts";
import type { ZoneKind } from "./filters.ts";
import { offsetAt } from "#domains/grid/time/intervals.ts";
import { regionFacts } from "#domains/grid/labels.ts";
import type { Region } from "#domains/grid/schema.ts";

/** Clocks that a page can show, as they stand now: the browser's own time zone data may be old. */
export interface PageZone {
  kind: ZoneKind;
  /** IANA name. */
  name: string;
  /** "EST (UTC−5)" */
  label: string;
  minutes: number;
}

/** Where people's clocks differ from the operator's. */
const capitals: Partial<Record<Region, string>> = { "CA-ON": "America/Toronto" };

/** The clocks to choose from for a region: its operator's, its capital's where they differ, and UTC. */
export function pageZonesOf(region: Region, now: Date): PageZone[] {
  const capital = capitals[region];
  const zone = (kind: ZoneKind, name: string, place = ""): PageZone => {
    const minutes = offsetAt(now, name) / 60_000;
    const short = zoneLabel(name, minutes);
    return { kind, name, minutes, label: `${place}${short === "UTC" ? short : `${short} (${offsetWords(minutes)})`}` };
  };
  return [zone("operator", regionFacts[region].zone), ...(capital === undefined ? [] : [zone("local", capital, "Toronto, ")]), zone("utc", "UTC")];
}

import { expect, test } from "vitest";
import { zoneClock } from "#ui/charts/zone-clock.ts";
import { regionFacts } from "#domains/grid/labels.ts";
import type { Region } from "#domains/grid/schema.ts";
import { offsetsWithin, periodsOf } from "#domains/grid/time/zone-calendar.ts";
import { shownZone } from "./shown-zone.ts";
import { zoneChoices } from "./zone-choice.ts";

const year = [Date.parse("2024-11-20T16:00:00Z"), Date.parse("2025-11-20T16:00:00Z")] as const;

/** What an answer of a region's year says of its clocks, and when its days begin. */
function yearOf(region: Region) {
  const { zone } = regionFacts[region];
  const days = periodsOf(zone, "day", ...year);
  const bounds = days.kind === "bounded" ? days.bounds : [];
  const offsets = offsetsWithin(zone, bounds[0] ?? 0, bounds.at(-1) ?? 0).map(({ at, minutes }) => ({ from: new Date(at).toISOString(), minutes }));
  return { bounds, answer: { from: new Date(bounds[0] ?? 0).toISOString(), zone: { name: zone, offsets } } };
}

test.each<Region>(["CA-ON", "CA-AB", "CA-QC", "CA-NB", "CA-NL"])("days of %s begin at midnight on both days that clocks change, whichever clocks are chosen", (region) => {
  const { bounds, answer } = yearOf(region);
  expect(bounds.length).toBeGreaterThan(365);
  for (const choice of zoneChoices) {
    const clock = zoneClock(shownZone({ ...answer, resolution: "day" }, choice));
    expect(new Set(bounds.map((at) => `${clock.partsAt(at).hour}:${clock.partsAt(at).minute}`))).toEqual(new Set(["0:0"]));
  }
  expect(new Set(bounds.slice(1).map((at, i) => (at - (bounds[i] ?? 0)) / 3_600_000))).toEqual(new Set(region === "CA-ON" ? [24] : [24, 23, 25]));
});

test("hours are shown by the clocks that are chosen", () => {
  const { answer } = yearOf("CA-AB");
  expect(zoneChoices.map((choice) => shownZone({ ...answer, resolution: "hour" }, choice).name)).toEqual(["Etc/GMT+5", "America/Edmonton", "UTC"]);
});

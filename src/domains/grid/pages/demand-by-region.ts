import type { Principal } from "#platform/auth/principal.ts";
import { demandMetric } from "#domains/grid/series/references.ts";
import type { Region } from "#domains/grid/schema.ts";
import type { SeriesAnswer } from "#domains/grid/series/series-schema.ts";
import { SeriesQuery } from "#domains/grid/series/series-query.ts";
import { findSeries } from "#domains/grid/series/series.ts";

/** Ranges of the page of all provinces, in days, and how fine their lines are. */
const regionRanges = { "7d": { days: 7, resolution: "hour" }, "30d": { days: 30, resolution: "hour" }, "1y": { days: 365, resolution: "day" } } as const satisfies Record<string, { days: number; resolution: "hour" | "day" }>;
export const regionRangeNames = ["7d", "30d", "1y"] as const;
export type RegionRange = (typeof regionRangeNames)[number];

const hourMs = 3_600_000;

/** Demand of regions over a range that ends with this hour, in the regions' order. */
export async function listDemand(principal: Principal, regions: readonly Region[], range: RegionRange, tz: string | undefined, now: Date): Promise<SeriesAnswer[]> {
  const { days, resolution } = regionRanges[range];
  const to = Math.ceil(now.getTime() / hourMs) * hourMs;
  const iso = (at: number) => new Date(at).toISOString();
  const answers: SeriesAnswer[] = [];
  // One after the other: the embedded database has one connection, and a page must not hold it for long.
  for (const region of regions) {
    answers.push(await findSeries(principal, SeriesQuery.parse({ region, metric: demandMetric(region), from: iso(to - days * 24 * hourMs), to: iso(to), resolution, tz }), now));
  }
  return answers;
}

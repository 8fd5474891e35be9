import type { Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { countArrivals, type ArrivalRow } from "./arrival-queries.ts";
import type { Fuel, Metric, Region } from "#domains/grid/schema.ts";
import { listSeries } from "#domains/grid/series/series-queries.ts";
import { findSource } from "#domains/grid/sources/registry.ts";

/** How observations of a source came in over a range. */
export interface Arrivals extends ArrivalRow {
  /** From when on one counted as late, in minutes after its end: two cadences of the source. */
  lateAfterMinutes: number;
}

export interface ArrivalsOf {
  region: Region;
  metric: Metric;
  fuel?: Fuel | undefined;
  item?: string | undefined;
  from: Date;
  to: Date;
}

/** How the observations of a metric came in, by source: those that overlap, came late, or were revised. Empty where none are kept. */
export async function countArrivalsOf(principal: Principal, { region, metric, fuel, item, from, to }: ArrivalsOf): Promise<Arrivals[]> {
  return db.as(principal, async (tx) => {
    const series = (await listSeries(tx, region, metric)).filter((row) => (fuel === undefined || row.fuel === fuel) && (item === undefined || row.item === item));
    if (series.length === 0) return [];
    const lateMinutes = new Map(series.map(({ source }) => [source, 2 * (findSource(source)?.cadenceMinutes ?? 60)]));
    const rows = await countArrivals(tx, series, lateMinutes, from, to);
    return rows.map((row) => ({ ...row, lateAfterMinutes: lateMinutes.get(row.source) ?? 0 }));
  });
}

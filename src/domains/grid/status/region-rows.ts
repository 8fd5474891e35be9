import { regions, type Fuel, type Region } from "#domains/grid/schema.ts";
import { regionFacts } from "#domains/grid/labels.ts";
import type { SourceNote } from "#domains/grid/series/series-schema.ts";
import type { GridStatus, RegionStatus } from "./status-schema.ts";

/** A region as a row of the table of all. What nobody publishes, or isn't known, is null. */
export interface RegionRow {
  region: Region;
  name: string;
  status: RegionStatus | null;
  /** Where its demand is from. */
  source: SourceNote | null;
  /** The largest demand of the range shown, MW. */
  peakMw: number | null;
  /** The largest parts of what is generated, 0 to 1, the largest first. */
  shares: { fuel: Fuel; share: number }[];
}

export const rowOrders = ["name", "demand", "peak", "price", "net-export", "intensity"] as const;
export type RowOrder = (typeof rowOrders)[number];

/** One row for each region, those without any data among them. */
export function rowsOf({ regions: known, sources }: GridStatus, peaks: ReadonlyMap<Region, number>): RegionRow[] {
  return regions.map((region) => {
    const status = known.find((each) => each.region === region) ?? null;
    return {
      region, name: regionFacts[region].name, status, peakMw: peaks.get(region) ?? null, shares: sharesOf(status),
      source: sources.find(({ id }) => id === status?.demand?.source) ?? null,
    };
  });
}

/** Of generation alone: what is imported, exported or stored isn't generated there. */
function sharesOf(status: RegionStatus | null): RegionRow["shares"] {
  const parts = (status?.mix?.parts ?? []).filter(({ fuel, powerMw }) => powerMw > 0 && fuel !== "imports" && fuel !== "storage" && fuel !== "exports");
  const total = parts.reduce((sum, { powerMw }) => sum + powerMw, 0);
  return parts.map(({ fuel, powerMw }) => ({ fuel, share: powerMw / total })).sort((a, b) => b.share - a.share);
}

/** Rows by a column: names from A to Z, numbers from the largest; `reversed` turns that round. What isn't known comes last either way. */
export function orderRows(rows: readonly RegionRow[], order: RowOrder, reversed: boolean): RegionRow[] {
  const sign = reversed ? -1 : 1;
  if (order === "name") return rows.toSorted((a, b) => sign * a.name.localeCompare(b.name, "en"));
  return rows.toSorted((a, b) => {
    const [first, second] = [numberOf(a, order), numberOf(b, order)];
    if (first === null || second === null) return first === second ? a.name.localeCompare(b.name, "en") : first === null ? 1 : -1;
    return sign * (second - first);
  });
}

function numberOf({ status, peakMw }: RegionRow, order: Exclude<RowOrder, "name">): number | null {
  switch (order) {
    case "demand": return status?.demand?.value ?? null;
    case "peak": return peakMw;
    case "price": return status?.price?.value ?? null;
    case "net-export": return status?.netExport?.value ?? null;
    case "intensity": return status?.intensityGramsPerKwh ?? null;
  }
}

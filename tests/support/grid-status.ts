/** How the grid does, as the API says it, for tests of components. */
import { regionFacts, type GridSource, type GridStatus, type Region, type RegionStatus, type SourceNote } from "#domains/grid/index.ts";

export const statusAt = "2026-11-20T21:38:00Z";

export function makeSource(id: string, over: Partial<SourceNote> = {}): SourceNote {
  return {
    id, name: "Realtime totals", publisher: "IESO", licence: { name: "Terms of use", url: "https://example.com/terms" }, page: "https://example.com/page",
    cadenceMinutes: 5, dataUntil: "2026-11-20T21:35:00Z", fetchedAt: "2026-11-20T21:36:00Z", state: "on-time", ...over,
  };
}

export function makeGridSource(id: string, over: Partial<GridSource> = {}): GridSource {
  return {
    ...makeSource(id), zone: "Etc/GMT+5", endedAt: null, rules: { unit: "MW, mean of the five minutes", time: "EST (UTC−5) all year", sign: "Demand is positive" },
    enabled: true, checkedAt: "2026-11-01T00:00:00Z", lastRunAt: "2026-11-20T21:36:00Z", failures: 0, lastError: null, hours: [], ...over,
  };
}

/** A region with a day of demand, every quarter of an hour, around `powerMw`. */
export function makeRegion(region: Region, powerMw: number, over: Partial<RegionStatus> = {}): RegionStatus {
  const times = Array.from({ length: 96 }, (_, index) => new Date(Date.parse(statusAt) - (96 - index) * 900_000));
  return {
    region, name: regionFacts[region].name, sample: false,
    demand: { value: powerMw, unit: "MW", start: "2026-11-20T21:30:00Z", end: "2026-11-20T21:35:00Z", quality: "measured", source: "ieso.realtime-totals" },
    demandChangeMw: 423,
    demandDay: { start: times.map((time) => time.toISOString()), value: times.map((_, index) => powerMw * (0.9 + 0.1 * Math.sin(index / 12))) },
    mix: null, price: null, netExport: null, intensityGramsPerKwh: null, ...over,
  };
}

export const ontarioMix: RegionStatus["mix"] = {
  start: "2026-11-20T21:30:00Z", end: "2026-11-20T21:35:00Z", quality: "measured", source: "ieso.realtime-totals",
  parts: [
    { fuel: "nuclear", powerMw: 9_588 }, { fuel: "hydro", powerMw: 4_697 }, { fuel: "biofuel", powerMw: 34 }, { fuel: "gas", powerMw: 3_126 }, { fuel: "wind", powerMw: 1_263 },
    { fuel: "solar", powerMw: 28 }, { fuel: "imports", powerMw: 580 }, { fuel: "storage", powerMw: 210 }, { fuel: "exports", powerMw: -1_547 },
  ],
};

export function makeStatus(over: Partial<GridStatus> = {}): GridStatus {
  return {
    at: statusAt,
    regions: [
      makeRegion("CA-ON", 17_747, { mix: ontarioMix, intensityGramsPerKwh: 91.6 }), makeRegion("CA-AB", 10_912, { demandChangeMw: -81 }), makeRegion("CA-QC", 27_604), makeRegion("CA-NB", 1_861),
    ],
    sources: [makeSource("ieso.realtime-totals")], ...over,
  };
}

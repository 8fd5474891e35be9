import type { Fuel, Region } from "#domains/grid/schema.ts";

/** What runs whether it is needed or not: as much at the mean, more in summer, and how far it wanders over so many hours. MW. */
export interface Steady {
  fuel: Fuel;
  capacity: number;
  mean: number;
  summer: number;
  swing: number;
  period: number;
}

/** How a region uses and makes electricity. Powers in MW. */
export interface Profile {
  /** By which name its operator tells its demand. */
  demandMetric: "demand" | "internal-load";
  /** Its standard time, hours ahead of UTC; the sample keeps it all year. */
  clock: number;
  /** Minutes between values. */
  step: 5 | 15 | 60;
  /** Mean demand of a mild workday, and how deep its nights are. */
  demand: number;
  depth: number;
  /** MW more for each °C below and above these temperatures. */
  heating: [below: number, megawatts: number];
  cooling: [above: number, megawatts: number];
  steady: Steady[];
  wind: number;
  solar: number;
  storage: number;
  /** What follows demand: water as far as it goes or side by side with gas. Least and most. */
  hydro?: { least: number; most: number; first?: true };
  gas?: { least: number; most: number };
  /** Metric and units of what it says of its plant, and whether it prices energy. */
  plant?: "capacity" | "capability";
  price?: "zonal" | "pool";
  /** Operating reserve that it asks for. */
  reserve?: number;
}

export const profiles: Readonly<Partial<Record<Region, Profile>>> = {
  "CA-ON": {
    demandMetric: "demand", clock: -5, step: 5, demand: 15_000, depth: 1, heating: [14, 96], cooling: [19, 430],
    steady: [
      { fuel: "nuclear", capacity: 12_150, mean: 8_950, summer: 300, swing: 620, period: 700 },
      { fuel: "biofuel", capacity: 296, mean: 52, summer: 0, swing: 30, period: 40 },
    ],
    wind: 4_943, solar: 478, storage: 420, hydro: { least: 2_350, most: 7_600 }, gas: { least: 420, most: 10_480 },
    plant: "capacity", price: "zonal", reserve: 1_418,
  },
  "CA-AB": {
    demandMetric: "internal-load", clock: -7, step: 5, demand: 9_650, depth: 0.42, heating: [12, 33], cooling: [18, 68],
    steady: [{ fuel: "other", capacity: 445, mean: 312, summer: 0, swing: 45, period: 60 }],
    wind: 5_684, solar: 1_836, storage: 190, hydro: { least: 75, most: 520 }, gas: { least: 3_500, most: 12_900 },
    plant: "capability", price: "pool", reserve: 512,
  },
  "CA-QC": {
    demandMetric: "demand", clock: -5, step: 15, demand: 15_800, depth: 0.62, heating: [15, 520], cooling: [21, 130],
    steady: [{ fuel: "other", capacity: 420, mean: 260, summer: 0, swing: 40, period: 60 }],
    wind: 4_024, solar: 10, storage: 0, hydro: { least: 6_000, most: 41_500, first: true }, gas: { least: 0, most: 411 },
  },
  "CA-NB": {
    demandMetric: "demand", clock: -4, step: 5, demand: 1_270, depth: 0.8, heating: [15, 47], cooling: [21, 14],
    steady: [
      { fuel: "nuclear", capacity: 660, mean: 618, summer: -20, swing: 24, period: 500 },
      { fuel: "coal", capacity: 467, mean: 170, summer: -90, swing: 80, period: 50 },
      { fuel: "biofuel", capacity: 90, mean: 46, summer: 0, swing: 12, period: 40 },
    ],
    wind: 355, solar: 0, storage: 0, hydro: { least: 60, most: 640 }, gas: { least: 15, most: 1_700 },
  },
  "CA-BC": {
    demandMetric: "demand", clock: -8, step: 60, demand: 6_400, depth: 1, heating: [15, 178], cooling: [22, 95],
    steady: [{ fuel: "biofuel", capacity: 480, mean: 290, summer: 0, swing: 50, period: 60 }],
    wind: 747, solar: 2, storage: 0, hydro: { least: 1_900, most: 15_500, first: true }, gas: { least: 30, most: 300 },
  },
  "CA-SK": {
    demandMetric: "demand", clock: -6, step: 60, demand: 2_780, depth: 0.55, heating: [12, 15], cooling: [19, 32],
    steady: [
      { fuel: "coal", capacity: 1_389, mean: 880, summer: -40, swing: 170, period: 90 },
      { fuel: "biofuel", capacity: 29, mean: 14, summer: 0, swing: 5, period: 40 },
    ],
    wind: 817, solar: 98, storage: 20, hydro: { least: 150, most: 780 }, gas: { least: 320, most: 2_160 },
  },
  "CA-MB": {
    demandMetric: "demand", clock: -6, step: 60, demand: 2_280, depth: 0.8, heating: [15, 64], cooling: [20, 40],
    steady: [], wind: 259, solar: 0, storage: 0, hydro: { least: 900, most: 6_000, first: true }, gas: { least: 0, most: 278 },
  },
  "CA-NS": {
    demandMetric: "demand", clock: -4, step: 60, demand: 1_010, depth: 0.9, heating: [16, 34], cooling: [21, 10],
    steady: [
      { fuel: "coal", capacity: 1_234, mean: 400, summer: -130, swing: 90, period: 60 },
      { fuel: "biofuel", capacity: 76, mean: 45, summer: 0, swing: 10, period: 40 },
    ],
    wind: 624, solar: 0, storage: 0, hydro: { least: 25, most: 360 }, gas: { least: 20, most: 1_000 },
  },
  "CA-NL": {
    demandMetric: "demand", clock: -3.5, step: 60, demand: 880, depth: 0.8, heating: [15, 41], cooling: [25, 0],
    steady: [], wind: 54, solar: 0, storage: 0, hydro: { least: 1_500, most: 8_900, first: true },
  },
  "CA-PE": {
    demandMetric: "demand", clock: -4, step: 60, demand: 140, depth: 1, heating: [15, 6.8], cooling: [22, 3], steady: [], wind: 204, solar: 0, storage: 0,
  },
};

/** How much is used at each hour of a workday and of a day off, as a part of the workday's mean. */
const workday = [0.865, 0.84, 0.828, 0.825, 0.838, 0.878, 0.945, 1.005, 1.03, 1.035, 1.04, 1.044, 1.046, 1.044, 1.043, 1.05, 1.075, 1.108, 1.112, 1.1, 1.076, 1.035, 0.975, 0.912];
const dayOff = [0.862, 0.834, 0.818, 0.81, 0.81, 0.824, 0.852, 0.89, 0.928, 0.958, 0.975, 0.982, 0.984, 0.98, 0.976, 0.984, 1.012, 1.05, 1.058, 1.048, 1.027, 0.99, 0.94, 0.888];

/** The part of a mild workday's mean demand that is used at an hour of the clock, 0 ≤ hour < 24. */
export function dailyShape(hour: number, off: boolean, depth: number): number {
  const shape = off ? dayOff : workday;
  const before = Math.floor(hour);
  const [from = 1, to = 1] = [shape[before], shape[(before + 1) % 24]];
  return 1 + depth * (from + (to - from) * (hour - before) - 1);
}

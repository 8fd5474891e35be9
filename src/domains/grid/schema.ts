import { z } from "zod";
import { fuels, regions } from "./vocabulary.ts";

export { fuels, regions };

/** A province, a territory. */
export const Region = z.enum(regions);
export type Region = z.infer<typeof Region>;

/** What generates, and what is traded and stored beside it. */
export const Fuel = z.enum(fuels);
export type Fuel = z.infer<typeof Fuel>;

/** What is observed. Powers are means over the interval, energies its sum. */
export const metrics = [
  "demand", "market-demand", "internal-load", "load", "dispatchable-load-off", "demand-forecast", "peak-demand-forecast",
  "generation", "generation-total", "capacity", "capability", "available-capacity", "outage", "generation-forecast", "supply", "losses", "supply-forecast",
  "intertie-flow", "scheduled-import", "scheduled-export", "net-interchange",
  "price", "day-ahead-price", "day-ahead-price-losses", "day-ahead-price-congestion", "system-marginal-price", "price-forecast", "price-30-day-average", "price-losses", "price-congestion",
  "net-to-grid-generation", "scheduled-interchange", "marginal-volume",
  "reserve", "reserve-required", "reserve-dispatched", "reserve-margin", "fast-response-armed", "fast-response-offered", "long-lead-time-volume",
  "temperature", "apparent-temperature", "dew-point", "humidity", "wind-speed", "wind-direction", "precipitation", "cloud-cover", "solar-radiation", "pressure",
] as const;
export const Metric = z.enum(metrics);
export type Metric = z.infer<typeof Metric>;

/** Those of the weather: every region has them, whether anybody tells of its grid or not. */
export const weatherMetrics: readonly Metric[] = [
  "temperature", "apparent-temperature", "dew-point", "humidity", "wind-speed", "wind-direction", "precipitation", "cloud-cover", "solar-radiation", "pressure",
];

export const units = ["MW", "MWh", "CAD/MWh", "°C", "%", "km/h", "°", "mm", "W/m²", "hPa"] as const;
export const Unit = z.enum(units);
export type Unit = z.infer<typeof Unit>;

/** How a value came about, the best first. */
export const qualities = ["measured", "preliminary", "estimated", "forecast", "sample"] as const;
export const Quality = z.enum(qualities);
export type Quality = z.infer<typeof Quality>;

/** What a line of numbers is about, within one source. */
export interface Subject {
  region: Region;
  metric: Metric;
  fuel?: Fuel;
  /** What the source names within the region: a generator, a zone, a border, a station. */
  item?: string;
  unit: Unit;
}

/** One number for one interval, half open: [start, end). */
export interface Observation extends Subject {
  start: Date;
  end: Date;
  /** Null where the source has none. */
  value: number | null;
  quality: Quality;
}

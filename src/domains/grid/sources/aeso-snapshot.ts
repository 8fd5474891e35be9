import type { Fuel } from "#domains/grid/schema.ts";

/** Alberta at one moment, whichever way AESO tells it. Powers in MW. */
export interface Snapshot {
  at: Date;
  publishedAt: Date | null;
  generation: number;
  interchange: number;
  load: number;
  toGrid: number | null;
  capability: number | null;
  reserves: { metric: "reserve-required" | "reserve-dispatched" | "fast-response-armed" | "fast-response-offered" | "long-lead-time-volume"; item?: string; value: number | null }[];
  fuels: { name: string; capability: number | null; generation: number | null; reserve: number | null }[];
  flows: { border: string; value: number | null }[];
  /** False when a border may be among what isn't known: flows needn't make the net interchange then. */
  flowsComplete: boolean;
  units: { name: string; capability: number | null; generation: number | null; reserve: number | null }[];
  warnings: string[];
}

/** AESO's names: until 2024 gas was GAS and DUAL FUEL, since then it is told by technology. */
export const fuelOf: Record<string, Fuel> = {
  "COGENERATION": "gas", "COMBINED CYCLE": "gas", "GAS FIRED STEAM": "gas", "SIMPLE CYCLE": "gas", "GAS": "gas", "DUAL FUEL": "gas",
  "COAL": "coal", "HYDRO": "hydro", "ENERGY STORAGE": "storage", "SOLAR": "solar", "WIND": "wind", "OTHER": "other",
};

/** The borders that AESO names. */
export const borders: readonly string[] = ["British Columbia", "Montana", "Saskatchewan"];

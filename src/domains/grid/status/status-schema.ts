import { z } from "zod";
import { factorKinds } from "#domains/grid/vocabulary.ts";
import { Fuel, Quality, Region, Unit } from "#domains/grid/schema.ts";
import { SourceNote } from "#domains/grid/series/series-schema.ts";

/** The newest value of something, with where it is from. */
export const Reading = z.object({
  value: z.number(),
  unit: Unit,
  start: z.string(),
  end: z.string(),
  quality: Quality,
  source: z.string(),
});
export type Reading = z.infer<typeof Reading>;

export { factorKinds };
export const FactorKind = z.enum(factorKinds);
export type FactorKind = z.infer<typeof FactorKind>;

/** How a region does now. What isn't known is null: most regions publish little. */
export const RegionStatus = z.object({
  region: Region,
  name: z.string(),
  /** True when its numbers are made up, since no source of it has answered yet. */
  sample: z.boolean(),
  demand: Reading.nullable(),
  /** MW more than 24 hours before. */
  demandChangeMw: z.number().nullable(),
  /** Demand of the last 24 hours, MW. */
  demandDay: z.object({ start: z.array(z.string()), value: z.array(z.number().nullable()) }),
  /** The newest hour or moment of generation by fuel, MW; imports and storage above zero, exports and charging below. */
  mix: z.object({ start: z.string(), end: z.string(), quality: Quality, source: z.string(), parts: z.array(z.object({ fuel: Fuel, powerMw: z.number() })) }).nullable(),
  price: Reading.nullable(),
  /** MW; positive leaves the region. */
  netExport: Reading.nullable(),
  /** Of what is generated there, lifecycle factors, gCO2e/kWh. */
  intensityGramsPerKwh: z.number().nullable(),
});
export type RegionStatus = z.infer<typeof RegionStatus>;

export const GridStatus = z.object({
  at: z.string(),
  regions: z.array(RegionStatus),
  sources: z.array(SourceNote),
});
export type GridStatus = z.infer<typeof GridStatus>;

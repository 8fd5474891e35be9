import { z } from "zod";
import { Fuel, Region } from "#domains/grid/schema.ts";
import { numbers, qualityColumn, texts } from "#domains/grid/series/column-schema.ts";
import { GenerationQuery } from "#domains/grid/series/series-query.ts";
import { Resolution, SourceNote, Zone } from "#domains/grid/series/series-schema.ts";
import { FactorKind } from "#domains/grid/status/status-schema.ts";

/** Whose electricity is meant: what a region generates, or what it uses. */
export const emissionBases = ["production", "consumption"] as const;
export const EmissionBasis = z.enum(emissionBases);
export type EmissionBasis = z.infer<typeof EmissionBasis>;

export const EmissionsQuery = GenerationQuery.extend({ factors: FactorKind.default("lifecycle"), basis: EmissionBasis.default("production") });
export type EmissionsQuery = z.infer<typeof EmissionsQuery>;

/** Emissions over time from the generation that one source tells: parallel columns, an entry an interval, in order of time. */
export const EmissionsLine = z.object({
  source: z.string(),
  sample: z.boolean(),
  start: texts(),
  end: texts(),
  /** gCO2e/kWh; null where a fuel, a flow or a neighbour's intensity isn't known. */
  gramsPerKwh: numbers(),
  /** Tonnes of CO2e an hour. */
  tonnesPerHour: numbers(),
  /** What they are counted for: power generated, or used, MW. */
  powerMw: numbers(),
  /** The least good one of what it is made of. */
  quality: qualityColumn(),
});
export type EmissionsLine = z.infer<typeof EmissionsLine>;

export const EmissionsAnswer = z.object({
  region: Region,
  resolution: Resolution,
  from: z.string(),
  to: z.string(),
  zone: Zone,
  asOf: z.string().nullable(),
  factorKind: FactorKind,
  basis: EmissionBasis,
  lines: z.array(EmissionsLine),
  /** What each fuel counts as in this region, with who says so. */
  factors: z.array(z.object({ fuel: Fuel, gramsPerKwh: z.number(), source: z.object({ title: z.string(), url: z.url() }) })),
  /** Of consumption: the borders, and whether the neighbour's own intensity is known. */
  neighbours: z.array(z.object({ item: z.string(), region: Region.nullable(), name: z.string(), known: z.boolean() })),
  /** What isn't in these numbers, in sentences. */
  limits: z.array(z.string()),
  sources: z.array(SourceNote),
  nextCursor: z.string().nullable(),
});
export type EmissionsAnswer = z.infer<typeof EmissionsAnswer>;

import { z } from "zod";
import { Region } from "#domains/grid/schema.ts";
import { numbers, qualityColumn, texts } from "#domains/grid/series/column-schema.ts";
import { GenerationQuery } from "#domains/grid/series/series-query.ts";
import { Resolution, SourceNote, Zone } from "#domains/grid/series/series-schema.ts";

/** How strained a grid is, in numbers that can be computed from what is published. */
export const stabilityMetrics = [
  "reserve-margin", "supply-cushion", "operating-reserve-surplus", "forecast-error", "forecast-error-share", "ramp", "net-interchange-share", "variable-renewables-share",
] as const;
export const StabilityMetric = z.enum(stabilityMetrics);
export type StabilityMetric = z.infer<typeof StabilityMetric>;

export const StabilityQuery = GenerationQuery.extend({ resolution: z.enum(["hour", "day", "month"]).default("hour") });
export type StabilityQuery = z.infer<typeof StabilityQuery>;

/** One metric over time: parallel columns, an entry an interval in order of time; null where it can't be known. */
export const StabilityLine = z.object({
  id: StabilityMetric,
  name: z.string(),
  unit: z.enum(["MW", "MW/h", "%"]),
  /** What it is computed from, in words, as it holds for this region. */
  formula: z.string(),
  /** Why it isn't known at all; null when it is, at least for some of the time. */
  unknown: z.string().nullable(),
  sample: z.boolean(),
  start: texts(),
  end: texts(),
  value: numbers(),
  /** The least good one of what it is made of. */
  quality: qualityColumn(),
  /** Of the values in this answer; null without any. */
  summary: z.object({ mean: z.number(), min: z.number(), max: z.number(), newest: z.number(), newestStart: z.string() }).nullable(),
});
export type StabilityLine = z.infer<typeof StabilityLine>;

export const StabilityAnswer = z.object({
  region: Region,
  resolution: Resolution,
  from: z.string(),
  to: z.string(),
  zone: Zone,
  asOf: z.string().nullable(),
  lines: z.array(StabilityLine),
  /** Mean absolute error of the demand forecast as a share of demand, %; null without both. */
  forecastMape: z.number().nullable(),
  sources: z.array(SourceNote),
  nextCursor: z.string().nullable(),
});
export type StabilityAnswer = z.infer<typeof StabilityAnswer>;

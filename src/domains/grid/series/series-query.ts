import { z } from "zod";
import { DayOrInstant, Instant } from "#platform/http/calendar.ts";
import { Fuel, Metric, Region } from "#domains/grid/schema.ts";
import { resolutions } from "./series-schema.ts";

/** Most values that a line may be asked for in one answer. */
export const pointsAtMost = 100_000;

/** What isn't known is refused: a parameter written wrongly would be answered with something else than was asked for. */
const range = {
  region: Region,
  /** A day begins at midnight of the zone asked for. Seven days before `to` unless given. */
  from: DayOrInstant.optional(),
  /** Excluded. The end of this hour unless given. */
  to: DayOrInstant.optional(),
  /** `auto` is the finest that doesn't need more intervals than `points`. */
  resolution: z.enum([...resolutions, "auto"]).default("auto"),
  /** IANA zone whose days, months and hours are meant; that of the region's operator unless given. */
  tz: z.string().min(1).max(64).optional(),
  /** Answers with values as they were known at this instant. */
  as_of: Instant.optional(),
  /** A line with more values is thinned to about as many, its extremes kept. Not with `limit`. */
  points: z.coerce.number().int().min(10).max(pointsAtMost).default(2_000),
  /** Answers page by page, this many intervals of time each, nothing thinned. */
  limit: z.coerce.number().int().min(1).max(10_000).optional(),
  cursor: z.string().min(1).max(200).optional(),
  /** CSV holds the whole range, every value. */
  format: z.enum(["json", "csv"]).default("json"),
};

export const SeriesQuery = z.strictObject({
  ...range,
  metric: Metric,
  fuel: Fuel.optional(),
  /** One item by its name, or `*` for a line each. Without it lines have no item, where there are such. */
  item: z.string().min(1).max(200).optional(),
  /** Lines of this source alone. */
  source: z.string().regex(/^[a-z-]+\.[a-z-]+$/, "A source such as ieso.demand").max(64).optional(),
});
export type SeriesQuery = z.infer<typeof SeriesQuery>;

export const GenerationQuery = z.strictObject(range);
export type GenerationQuery = z.infer<typeof GenerationQuery>;

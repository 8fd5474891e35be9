import { z } from "zod";
import { numbers, qualityColumn, texts } from "./column-schema.ts";
import { Fuel, Metric, Region, Unit } from "#domains/grid/schema.ts";

/** How long the intervals of an answer are; days and months are those of the zone asked for. */
export const resolutions = ["5min", "hour", "day", "month"] as const;
export const Resolution = z.enum(resolutions);
export type Resolution = z.infer<typeof Resolution>;

/**
 * One line of numbers: parallel columns, an entry an interval, in order of time. An interval without a value is left out,
 * or stands with null where its source says so: where one entry's end isn't the next one's start, there is a gap.
 */
export const Line = z.object({
  /** Source, metric, and what tells it from others of the two, such as `ieso.output-by-fuel/generation/hydro`. */
  id: z.string(),
  source: z.string(),
  region: Region,
  metric: Metric,
  fuel: Fuel.nullable(),
  item: z.string().nullable(),
  unit: Unit,
  /** True for made-up numbers that stand in where no source has answered yet. */
  sample: z.boolean(),
  /** Of each interval: instants in UTC, ISO 8601. */
  start: texts(),
  end: texts(),
  /** Power and prices: the mean weighted by time. Energies and precipitation: the sum. */
  value: numbers(),
  /** The least good one within each interval. */
  quality: qualityColumn(),
  /** The smallest and the largest value within each interval, of a thinned mix up to the next entry; only where intervals hold several. */
  min: numbers().optional(),
  max: numbers().optional(),
});
export type Line = z.infer<typeof Line>;

/** The zone that days are of, with its offsets by the server's time zone data: browsers may hold older rules. */
export const Zone = z.object({
  /** IANA name. */
  name: z.string(),
  /** How many minutes its clocks are ahead of UTC, from each of these instants on; the first holds from the range's start. */
  offsets: z.array(z.object({ from: z.string(), minutes: z.int() })).min(1),
});
export type Zone = z.infer<typeof Zone>;

/** What everybody who shows a line has to say with it. */
export const SourceNote = z.object({
  id: z.string(),
  name: z.string(),
  publisher: z.string(),
  licence: z.object({ name: z.string(), url: z.string() }),
  page: z.string(),
  cadenceMinutes: z.int(),
  /** End of its newest interval that isn't a forecast; null while there is none. */
  dataUntil: z.string().nullable(),
  /** When a document of it was fetched last; null when none ever was. */
  fetchedAt: z.string().nullable(),
  state: z.enum(["on-time", "late", "not-answering", "ended", "off", "sample"]),
});
export type SourceNote = z.infer<typeof SourceNote>;

/** Lines over one range of time. */
export const SeriesAnswer = z.object({
  region: Region,
  resolution: Resolution,
  from: z.string(),
  to: z.string(),
  zone: Zone,
  /** As the values were known then; null for what is known now. */
  asOf: z.string().nullable(),
  lines: z.array(Line),
  sources: z.array(SourceNote),
  /** Pass it as `cursor` for what follows; null at the end of the range. */
  nextCursor: z.string().nullable(),
});
export type SeriesAnswer = z.infer<typeof SeriesAnswer>;

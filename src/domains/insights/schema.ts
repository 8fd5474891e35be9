import { z } from "zod";
import { DayOrInstant, Instant } from "#platform/http/calendar.ts";
import { findUnstorable } from "#lib/storable-text.ts";
import { FactorKind, Fuel, Metric, Region, Resolution, SourceNote } from "#domains/grid/index.ts";
import { promptMaxLength } from "./prompt-length.ts";

/** The tasks, as the gateway names its endpoints. */
export const insightTasks = ["explain-chart", "analytics-insight", "transition-report", "data-quality", "market-brief"] as const;
export type InsightTask = (typeof insightTasks)[number];

/** What a chart can show: an observed metric, or the emissions intensity that is computed from generation. */
export const ShownMetric = z.enum([...Metric.options, "emissions-intensity"]);
export type ShownMetric = z.infer<typeof ShownMetric>;

/** Prices that a brief can be about. */
export const PriceMetric = z.enum(["price", "day-ahead-price", "system-marginal-price"]);


/** What a request says of the answer's sentences. */
const wanted = {
  /** What the reader wants to know of the numbers, in their own words. */
  prompt: z.string().trim().min(1, "Write a question").max(promptMaxLength).refine((text) => findUnstorable(text) === null, "This text holds characters that can't be read.").optional(),
  /** `any`: a model writes where one can, computed sentences stand otherwise; `generated`: a model or an error; `computed`: no model is asked. */
  mode: z.enum(["any", "generated", "computed"]).default("any"),
};
export type Wanted = z.infer<z.ZodObject<typeof wanted>>;

/** Which numbers are meant. */
const range = {
  ...wanted,
  region: Region,
  /** A day begins at midnight of the zone asked for. */
  from: DayOrInstant,
  /** Excluded. */
  to: DayOrInstant,
  /** IANA zone whose days and hours are meant; that of the region's operator unless given. */
  tz: z.string().min(1).max(64).optional(),
  /** With values as they were known at this instant. */
  as_of: Instant.optional(),
};

const one = {
  ...range,
  fuel: Fuel.optional(),
  /** One item by its name: a border, a place. */
  item: z.string().min(1).max(200).optional(),
};

/** How long the intervals are that a chart shows; without it, as the range's charts have them. */
const ShownResolution = Resolution.exclude(["month"]).optional();

const shown = {
  ...one,
  metric: ShownMetric,
  resolution: ShownResolution,
  /** Of emissions intensity: what factors count. */
  factors: FactorKind.optional(),
};

export const ExplainChartRequest = z.strictObject(shown);
export const AnalyticsInsightRequest = z.strictObject(shown);
export const TransitionReportRequest = z.strictObject({ ...range, metric: z.literal("generation").default("generation") });
export const DataQualityRequest = z.strictObject({ ...one, metric: Metric });
export const MarketBriefRequest = z.strictObject({ ...range, metric: PriceMetric.default("price") });
export type ExplainChartRequest = z.infer<typeof ExplainChartRequest>;
export type TransitionReportRequest = z.infer<typeof TransitionReportRequest>;
export type DataQualityRequest = z.infer<typeof DataQualityRequest>;
export type MarketBriefRequest = z.infer<typeof MarketBriefRequest>;

/** Where a number can be looked up: the series that it is computed from, or the chart that shows it. */
export const Check = z.strictObject({ label: z.string(), href: z.string() });
export type Check = z.infer<typeof Check>;

/** One computed number, with everything that is needed to recompute it. */
export const Fact = z.strictObject({
  /** Within an answer, such as `highest` or `share-now-gas`. */
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: z.string(),
  /** In the unit, to six decimals. */
  value: z.number(),
  unit: z.string(),
  /** The value with its unit, as people read it. */
  text: z.string(),
  /** What it says, in a sentence whose numbers are all computed. */
  sentence: z.string(),
  /** The time that it is of: instants in UTC, the end excluded. */
  interval: z.strictObject({ from: z.string(), to: z.string() }),
  /** The same on the clocks asked for: "20 Nov 2026, 16:35–16:40 EST". */
  when: z.string(),
  /** Ids of the sources whose values it is made of. */
  sources: z.array(z.string()),
  /** True where any of those values is made up. */
  sample: z.boolean(),
  check: z.array(Check).min(1),
});
export type Fact = z.infer<typeof Fact>;

/** A sentence, and the facts that it stands on. */
export const Statement = z.strictObject({ text: z.string(), facts: z.array(z.string()).min(1) });
export type Statement = z.infer<typeof Statement>;

/** Why no model wrote: none is there, a limit, a budget, an outage, or what it wrote isn't borne out by the numbers. */
export const UnwrittenNote = z.strictObject({
  code: z.enum(["LLM_DISABLED", "RATE_LIMITED", "BUDGET_EXCEEDED", "UPSTREAM_UNAVAILABLE", "DATABASE_UNAVAILABLE", "UNUSABLE_ANSWER", "UNANSWERED"]),
  text: z.string(),
  /** Seconds after which trying again makes sense; null where it isn't known. */
  retryAfterSeconds: z.number().int().positive().nullable(),
});
export type UnwrittenNote = z.infer<typeof UnwrittenNote>;

/** What every answer holds. */
const answer = {
  /** Whether a model chose and phrased the statements, or nobody but the computation. All else is computed either way. */
  mode: z.enum(["generated", "computed"]),
  /** The model that wrote the statements; null where none did. */
  model: z.string().nullable(),
  /** Its call, for feedback; null where no model wrote. */
  callId: z.uuid().nullable(),
  /** True when somebody had the same answer of the model before. */
  cached: z.boolean(),
  /** Why the statements are computed although a model was to write them; null otherwise. */
  note: UnwrittenNote.nullable(),
  /** What was looked at, in words: "Ontario demand, 20 Nov 2026". */
  title: z.string(),
  region: Region,
  from: z.string(),
  to: z.string(),
  zone: z.string(),
  statements: z.array(Statement),
  facts: z.array(Fact),
  /** What these numbers don't say, in sentences. */
  limits: z.array(z.string()),
  sources: z.array(SourceNote),
  sample: z.boolean(),
};

export const ChartExplanation = z.strictObject({ task: z.literal("explain-chart"), metric: ShownMetric, resolution: Resolution, ...answer });
export type ChartExplanation = z.infer<typeof ChartExplanation>;

/** Something worth knowing, the most remarkable first. */
export const Insight = z.strictObject({
  title: z.string(),
  text: z.string(),
  /** How far from ordinary: by the rule that is named with it. */
  weight: z.enum(["notable", "ordinary"]),
  rule: z.string(),
  facts: z.array(z.string()).min(1),
});
export type Insight = z.infer<typeof Insight>;

export const AnalyticsInsight = z.strictObject({ task: z.literal("analytics-insight"), metric: ShownMetric, resolution: Resolution, insights: z.array(Insight), ...answer });
export type AnalyticsInsight = z.infer<typeof AnalyticsInsight>;

const Share = z.strictObject({
  fuel: Fuel,
  /** Of all that was generated, in percent; null where that time has no numbers. */
  then: z.number().nullable(),
  now: z.number(),
  /** In percentage points. */
  change: z.number().nullable(),
});

export const TransitionReport = z.strictObject({
  task: z.literal("transition-report"),
  /** What the range is compared with: the same dates a year before, or its own first half with its second. */
  basis: z.enum(["year-before", "halves", "none"]),
  then: z.strictObject({ from: z.string(), to: z.string(), intensity: z.number().nullable() }).nullable(),
  now: z.strictObject({ from: z.string(), to: z.string(), intensity: z.number().nullable() }),
  shares: z.array(Share),
  ...answer,
});
export type TransitionReport = z.infer<typeof TransitionReport>;

export const qualityChecks = ["gaps", "flat-lines", "outliers", "duplicates", "revisions", "late-arrivals"] as const;
export const QualityCheck = z.strictObject({
  check: z.enum(qualityChecks),
  /** `not-applicable` for what is computed on the spot and never recorded, such as the sample. */
  state: z.enum(["clear", "found", "not-applicable"]),
  count: z.number().int().nonnegative().nullable(),
  text: z.string(),
  /** The rule by which something counts. */
  rule: z.string(),
  facts: z.array(z.string()),
});
export type QualityCheck = z.infer<typeof QualityCheck>;

export const DataQuality = z.strictObject({ task: z.literal("data-quality"), metric: Metric, checks: z.array(QualityCheck), ...answer });
export type DataQuality = z.infer<typeof DataQuality>;

export const MarketBrief = z.strictObject({
  task: z.literal("market-brief"),
  metric: PriceMetric,
  hours: z.strictObject({ known: z.number().int(), negative: z.number().int() }),
  ...answer,
});
export type MarketBrief = z.infer<typeof MarketBrief>;

/** An answer of any task. */
export type InsightAnswer = ChartExplanation | AnalyticsInsight | TransitionReport | DataQuality | MarketBrief;

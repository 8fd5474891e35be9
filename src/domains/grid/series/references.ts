import { regions, type Metric, type Region } from "#domains/grid/schema.ts";
import type { Resolution } from "./series-schema.ts";

/**
 * How long the intervals of a source are, in minutes; 1 is a snapshot that stands for the five minutes it lies in. Prices
 * that are valid until the next one vary; of `mixed` some are an hour long and some are shorter.
 */
export type IntervalLength = 1 | 5 | 15 | 60 | "month" | "varying" | "mixed";

/** A source that answers for a metric of a region. */
export interface Reference {
  source: string;
  length: IntervalLength;
  /** It names parts alone (generators): where no item is asked for, those of a fuel are added up. */
  sum?: true;
  /** Its values count from here on, or until here: before a market's launch it published trials. */
  from?: Date;
  until?: Date;
}

interface Rule {
  regions: readonly Region[];
  metrics: readonly Metric[];
  /** In order of preference. */
  references: readonly Reference[];
  /** In order of preference for hours and longer, where it is another: the settled history first. */
  settled?: readonly Reference[];
}

/** Ontario's market was renewed: HOEP ended, the Ontario price began. 2025-05-01 0:00 EST. */
export const ontarioRenewal = new Date("2025-05-01T05:00:00Z");

const totals: Reference = { source: "ieso.realtime-totals", length: 5 };
const demand: Reference = { source: "ieso.demand", length: 60 };
const adequacy: Reference = { source: "ieso.adequacy", length: 60 };
const generators: Reference = { source: "ieso.generator-output", length: 60, sum: true };
const interties: Reference = { source: "ieso.intertie-flow", length: 5 };
const schedules: Reference = { source: "ieso.intertie-flow", length: 60 };
const dayAhead: Reference = { source: "ieso.day-ahead-zonal-price", length: 60 };
const zonalPrice: Reference = { source: "ieso.zonal-price", length: 5, from: ontarioRenewal };
const snapshot: Reference = { source: "aeso.current-supply-demand", length: 1 };
const internalLoad: Reference = { source: "aeso.internal-load", length: 60 };
const poolPrice: Reference = { source: "aeso.pool-price", length: 60 };
/** The report of that name holds pool prices and loads by hour; the API of that name marginal prices as they are valid. */
const smpReport: Reference = { source: "aeso.smp", length: 60 };
const marginal: Reference = { source: "aeso.smp", length: "varying" };
const quebec: Reference = { source: "hydro-quebec.production", length: 60 };
const newBrunswick: Reference = { source: "nb-power.system", length: "mixed" };
const sets = ["kaggle.dataset", "huggingface.dataset"];
const hourlySets = sets.map((source): Reference => ({ source, length: 60 }));
const monthlySets = sets.map((source): Reference => ({ source, length: "month", sum: true }));
const untilRenewal = (reference: Reference): Reference => ({ ...reference, until: ontarioRenewal });

const rules: readonly Rule[] = [
  { regions: ["CA-ON"], metrics: ["demand"], references: [totals, demand, ...hourlySets], settled: [demand, totals, ...hourlySets] },
  { regions: ["CA-ON"], metrics: ["market-demand"], references: [demand] },
  { regions: ["CA-ON"], metrics: ["supply", "losses", "load", "dispatchable-load-off", "reserve"], references: [totals] },
  { regions: ["CA-ON"], metrics: ["generation"], references: [{ source: "ieso.output-by-fuel", length: 60 }, generators, ...monthlySets] },
  { regions: ["CA-ON"], metrics: ["capability", "available-capacity"], references: [generators] },
  { regions: ["CA-ON"], metrics: ["generation-forecast"], references: [adequacy, generators, { source: "ieso.vg-forecast", length: 60 }] },
  { regions: ["CA-ON"], metrics: ["demand-forecast", "peak-demand-forecast", "supply-forecast", "capacity", "outage", "reserve-required"], references: [adequacy] },
  { regions: ["CA-ON"], metrics: ["scheduled-import", "scheduled-export"], references: [schedules, adequacy] },
  { regions: ["CA-ON"], metrics: ["intertie-flow", "net-interchange"], references: [interties] },
  { regions: ["CA-ON"], metrics: ["price"], references: [zonalPrice, untilRenewal({ source: "ieso.hoep", length: 60 }), ...hourlySets.map(untilRenewal)] },
  { regions: ["CA-ON"], metrics: ["price-losses", "price-congestion"], references: [zonalPrice] },
  { regions: ["CA-ON"], metrics: ["day-ahead-price", "day-ahead-price-losses", "day-ahead-price-congestion"], references: [dayAhead] },
  { regions: ["CA-ON"], metrics: ["price-forecast"], references: [{ source: "ieso.hoep", length: 60 }] },
  {
    regions: ["CA-AB"], metrics: ["internal-load"],
    references: [snapshot, internalLoad, poolPrice, smpReport], settled: [internalLoad, poolPrice, smpReport, snapshot],
  },
  { regions: ["CA-AB"], metrics: ["generation"], references: [snapshot, ...monthlySets] },
  {
    regions: ["CA-AB"], references: [snapshot],
    metrics: [
      "generation-total", "net-interchange", "net-to-grid-generation", "capability", "intertie-flow", "reserve-required", "reserve-dispatched",
      "fast-response-armed", "fast-response-offered", "long-lead-time-volume",
    ],
  },
  { regions: ["CA-AB"], metrics: ["demand-forecast"], references: [internalLoad] },
  { regions: ["CA-AB"], metrics: ["price-forecast"], references: [poolPrice, internalLoad] },
  { regions: ["CA-AB"], metrics: ["price"], references: [poolPrice, internalLoad, smpReport] },
  { regions: ["CA-AB"], metrics: ["price-30-day-average"], references: [poolPrice, smpReport] },
  { regions: ["CA-AB"], metrics: ["system-marginal-price", "marginal-volume"], references: [marginal] },
  { regions: ["CA-QC"], metrics: ["demand"], references: [{ source: "hydro-quebec.demand", length: 15 }] },
  { regions: ["CA-QC"], metrics: ["generation"], references: [quebec, ...monthlySets] },
  { regions: ["CA-QC"], metrics: ["generation-total"], references: [quebec] },
  { regions: ["CA-NB"], metrics: ["load", "demand", "scheduled-interchange", "reserve-margin"], references: [newBrunswick] },
  { regions: regions.filter((region) => !["CA-ON", "CA-AB", "CA-QC"].includes(region)), metrics: ["generation"], references: monthlySets },
  {
    regions, references: [{ source: "open-meteo.weather", length: 60 }, { source: "msc.weather", length: 60 }],
    metrics: [
      "temperature", "apparent-temperature", "dew-point", "humidity", "wind-speed", "wind-direction", "precipitation", "cloud-cover", "solar-radiation", "pressure",
    ],
  },
];

const table = new Map(rules.flatMap((rule) => rule.regions.flatMap((region) => rule.metrics.map((metric) => [`${region} ${metric}`, rule] as const))));

/** The sources that answer for a metric of a region, the most preferred first; none for what nobody publishes. */
export function referencesOf(region: Region, metric: Metric, resolution: Resolution): readonly Reference[] {
  const rule = table.get(`${region} ${metric}`);
  if (!rule) return [];
  return resolution === "5min" ? rule.references : (rule.settled ?? rule.references);
}

/**
 * True where all parts of an interval are taken from one source, since what one calls `other` another tells apart: parts of
 * two would not add up.
 */
export function isWhole(metric: Metric): boolean {
  return metric === "generation";
}

/** Every region and metric that somebody publishes. */
export function publishedSubjects(): { region: Region; metric: Metric }[] {
  return rules.flatMap((rule) => rule.regions.flatMap((region) => rule.metrics.map((metric) => ({ region, metric }))));
}

/** The metric that tells how much a region uses: Alberta's operator publishes internal load. */
export function demandMetric(region: Region): Metric {
  return region === "CA-AB" ? "internal-load" : "demand";
}

/** The metric that tells flows over each border of a region; positive leaves it. New Brunswick publishes what is scheduled. */
export function borderMetric(region: Region): Metric {
  return region === "CA-NB" ? "scheduled-interchange" : "intertie-flow";
}

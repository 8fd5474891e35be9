import { metricNames, regionFacts, type Metric, type Region, type Resolution } from "#domains/grid/index.ts";
import type { Check, ShownMetric } from "./schema.ts";

/** What a series is asked for with. */
export interface SeriesSpec {
  region: Region;
  metric: ShownMetric;
  fuel?: string | undefined;
  item?: string | undefined;
  factors?: string | undefined;
  /** As the grid answered: instants. */
  from: string;
  to: string;
  tz: string;
  resolution: Resolution;
  /** As known at this instant; null for now. */
  asOf: string | null;
}

/** The most that the series API gives: nothing of these ranges is thinned. */
const points = "100000";

/** Where exactly these values are: the API's own address for them. */
export function seriesCheck({ region, metric, fuel, item, factors, from, to, tz, resolution, asOf }: SeriesSpec, label = "Values"): Check {
  const query = new URLSearchParams({ region, from, to, tz, resolution, ...(asOf !== null && { as_of: asOf }) });
  if (factors !== undefined) query.set("factors", factors);
  if (metric === "emissions-intensity") return { label, href: `/api/grid/emissions?${query}` };
  query.set("metric", metric);
  if (fuel !== undefined) query.set("fuel", fuel);
  if (item !== undefined) query.set("item", item);
  query.set("points", points);
  return { label, href: `/api/grid/series?${query}` };
}

/** Where all fuels of a region are, as mean powers. */
export function generationCheck({ region, from, to, tz, resolution, asOf }: Omit<SeriesSpec, "metric" | "fuel" | "item">, label = "Values by fuel"): Check {
  return { label, href: `/api/grid/generation?${new URLSearchParams({ region, from, to, tz, resolution, ...(asOf !== null && { as_of: asOf }), points })}` };
}

const pages: Partial<Record<Region, string>> = { "CA-ON": "/grid/ontario", "CA-AB": "/grid/alberta" };
const cards: Partial<Record<ShownMetric, string>> = {
  demand: "demand", "internal-load": "demand", generation: "supply", price: "price", "intertie-flow": "interties", "emissions-intensity": "emissions",
};

/** The chart that shows a metric over these days, `last` included; null where no page has one. */
export function chartCheck(region: Region, metric: ShownMetric, days: { first: string; last: string }, tz: string, asOf: string | null): Check | null {
  const [page, card] = [pages[region], cards[metric]];
  if (page === undefined || card === undefined) return null;
  const query = new URLSearchParams({ from: days.first, to: days.last });
  if (tz === "UTC") query.set("tz", "utc");
  else if (tz !== regionFacts[region].zone) query.set("tz", "local");
  if (asOf !== null) query.set("asof", asOf);
  return { label: "Chart", href: `${page}?${query}#${card}` };
}

/** What a metric is called in sentences: "Ontario demand". */
export function nameOf(region: Region, metric: ShownMetric, part?: string): string {
  const words = metric === "emissions-intensity" ? "emissions intensity" : metricNames[metric satisfies Metric].toLowerCase();
  return `${regionFacts[region].name} ${words}${part === undefined ? "" : `, ${part}`}`;
}

import type { Metric, Observation, Region, Unit } from "#domains/grid/schema.ts";

/** What a stream's lines are told apart by; null for one line a metric. */
export type StreamDimension = "fuel" | "item" | null;

/** Something of the grid that can be followed as it comes. */
export interface Stream {
  key: string;
  title: string;
  /** Null for all of Canada. */
  region: Region | null;
  source: string;
  metrics: readonly Metric[];
  dimension: StreamDimension;
  unit: Unit;
  /** How often there is something new, in minutes. */
  cadenceMinutes: number;
  /** Whether it is one of forecasts, which no other stream has. */
  forecast?: true;
}

/** Every stream, in the order that the manifest lists them. */
export const streams: readonly Stream[] = [
  { key: "ontario-demand", title: "Ontario demand, every five minutes", region: "CA-ON", source: "ieso.realtime-totals", metrics: ["demand"], dimension: null, unit: "MW", cadenceMinutes: 5 },
  { key: "ontario-hourly-demand", title: "Ontario demand by hour, settled", region: "CA-ON", source: "ieso.demand", metrics: ["demand", "market-demand"], dimension: null, unit: "MW", cadenceMinutes: 24 * 60 },
  { key: "ontario-generation", title: "Ontario generation by fuel", region: "CA-ON", source: "ieso.output-by-fuel", metrics: ["generation"], dimension: "fuel", unit: "MWh", cadenceMinutes: 24 * 60 },
  { key: "ontario-generators", title: "Output of Ontario's generators", region: "CA-ON", source: "ieso.generator-output", metrics: ["generation"], dimension: "item", unit: "MW", cadenceMinutes: 60 },
  { key: "ontario-interties", title: "Flows at Ontario's borders", region: "CA-ON", source: "ieso.intertie-flow", metrics: ["intertie-flow"], dimension: "item", unit: "MW", cadenceMinutes: 60 },
  { key: "ontario-price", title: "Ontario zonal price", region: "CA-ON", source: "ieso.zonal-price", metrics: ["price"], dimension: null, unit: "CAD/MWh", cadenceMinutes: 5 },
  { key: "ontario-demand-forecast", title: "Ontario demand, forecast", region: "CA-ON", source: "ieso.adequacy", metrics: ["demand-forecast"], dimension: null, unit: "MW", cadenceMinutes: 60, forecast: true },
  { key: "alberta-internal-load", title: "Alberta internal load", region: "CA-AB", source: "aeso.current-supply-demand", metrics: ["internal-load"], dimension: null, unit: "MW", cadenceMinutes: 5 },
  { key: "alberta-generation", title: "Alberta generation by fuel", region: "CA-AB", source: "aeso.current-supply-demand", metrics: ["generation"], dimension: "fuel", unit: "MW", cadenceMinutes: 5 },
  { key: "alberta-interties", title: "Flows at Alberta's borders", region: "CA-AB", source: "aeso.current-supply-demand", metrics: ["intertie-flow"], dimension: "item", unit: "MW", cadenceMinutes: 5 },
  { key: "alberta-pool-price", title: "Alberta pool price", region: "CA-AB", source: "aeso.pool-price", metrics: ["price"], dimension: null, unit: "CAD/MWh", cadenceMinutes: 60 },
  { key: "quebec-demand", title: "Québec demand", region: "CA-QC", source: "hydro-quebec.demand", metrics: ["demand"], dimension: null, unit: "MW", cadenceMinutes: 15 },
  { key: "quebec-generation", title: "Québec generation by fuel", region: "CA-QC", source: "hydro-quebec.production", metrics: ["generation"], dimension: "fuel", unit: "MW", cadenceMinutes: 60 },
  { key: "new-brunswick-demand", title: "New Brunswick demand", region: "CA-NB", source: "nb-power.system", metrics: ["demand"], dimension: null, unit: "MW", cadenceMinutes: 5 },
  { key: "new-brunswick-interties", title: "New Brunswick's scheduled interchange", region: "CA-NB", source: "nb-power.system", metrics: ["scheduled-interchange"], dimension: "item", unit: "MW", cadenceMinutes: 5 },
  { key: "canada-weather", title: "Temperature at load centres", region: null, source: "open-meteo.weather", metrics: ["temperature"], dimension: "item", unit: "°C", cadenceMinutes: 60 },
];

/** How old an interval's start may be for a stream to tell of it; how long its events are kept. Milliseconds. */
export const streamWindowMs = 48 * 3_600_000;

/** The stream with this key, or null. */
export function findStream(key: string): Stream | null {
  return streams.find((stream) => stream.key === key) ?? null;
}

/** What a region's page follows. */
export function streamsOfRegion(region: Region): Pick<Stream, "key" | "metrics">[] {
  return streams.filter((stream) => stream.region === region).map(({ key, metrics }) => ({ key, metrics }));
}

/** What decides whether a series belongs to a stream. */
export interface SeriesFacts {
  source: string;
  metric: string;
  fuel?: string | null | undefined;
  item?: string | null | undefined;
}

/** Whether a series is one of a stream's lines. Lines by fuel are sums: a generator's own, which has an item as well, isn't one. */
export function belongsTo(stream: Stream, { source, metric, fuel, item }: SeriesFacts): boolean {
  if (source !== stream.source || !stream.metrics.some((each) => each === metric)) return false;
  if (stream.dimension === "item") return (item ?? null) !== null;
  return (item ?? null) === null && ((fuel ?? null) !== null) === (stream.dimension === "fuel");
}

/** The streams of a source that an observation is news for, by key: recent, and a forecast only where that is what they are of. */
export function streamsOf(source: string, observation: Pick<Observation, "metric" | "fuel" | "item" | "start" | "quality">, now: Date): string[] {
  if (observation.start.getTime() < now.getTime() - streamWindowMs) return [];
  const isForecast = observation.quality === "forecast";
  return streams.filter((stream) => (stream.forecast === true) === isForecast && belongsTo(stream, { source, ...observation })).map(({ key }) => key);
}

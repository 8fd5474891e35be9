import type { Principal } from "#platform/auth/principal.ts";
import { regionFacts } from "#domains/grid/labels.ts";
import { demandMetric } from "#domains/grid/series/references.ts";
import type { Metric, Region } from "#domains/grid/schema.ts";
import type { Line, SeriesAnswer } from "#domains/grid/series/series-schema.ts";
import { SeriesQuery } from "#domains/grid/series/series-query.ts";
import { findSeries } from "#domains/grid/series/series.ts";
import { places, type Place } from "#domains/grid/sources/places.ts";

/** What of the weather is shown beside demand. */
export const weatherShown = ["temperature", "wind-speed", "cloud-cover", "solar-radiation"] as const satisfies Metric[];
export type WeatherShown = (typeof weatherShown)[number];
export const weatherRangeNames = ["7d", "30d"] as const;
export type WeatherRange = (typeof weatherRangeNames)[number];

const hourMs = 3_600_000;
const days: Readonly<Record<WeatherRange, number>> = { "7d": 7, "30d": 30 };
/** As far as the forecast is shown. */
const hoursAhead = 36;

/** A place as addresses name it. */
export interface NamedPlace extends Place {
  slug: string;
}

/** Places whose weather is read, from west to east. */
export const namedPlaces: readonly NamedPlace[] = places.map((place) => ({
  ...place, slug: place.name.normalize("NFD").replaceAll(/\p{M}|[.']/gu, "").toLowerCase().replaceAll(" ", "-"),
}));

export interface WeatherBesideDemand {
  /** Of the place: what a model says, and where a station near it was read, what that measured. */
  weather: SeriesAnswer;
  /** Of its region, without a forecast. */
  demand: SeriesAnswer;
}

/** Weather of a place and demand of its region by hour, over one range that ends with the forecast. `tz` is an IANA zone. */
export async function findWeather(principal: Principal, { name, region }: Place, metric: WeatherShown, range: WeatherRange, tz: string, now: Date): Promise<WeatherBesideDemand> {
  const until = Math.ceil(now.getTime() / hourMs) * hourMs;
  const from = new Date(until - days[range] * 24 * hourMs).toISOString();
  const to = new Date(until + hoursAhead * hourMs).toISOString();
  const common = { region, from, to, tz, resolution: "hour" };
  const weather = await findSeries(principal, SeriesQuery.parse({ ...common, metric, item: "*" }), now);
  const demand = await findSeries(principal, SeriesQuery.parse({ ...common, metric: demandMetric(region) }), now);
  const own = weather.lines.filter(({ item }) => item !== null && isOf(name, item));
  return { weather: { ...weather, lines: own }, demand };
}

/** A model's value is of the place; a station's bears its name: "TORONTO CITY (6158355)". */
function isOf(place: string, item: string): boolean {
  const plain = (text: string) => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toUpperCase();
  return item === place || plain(item).startsWith(`${plain(place)} `);
}

export interface HourPair {
  start: string;
  weather: number;
  demandMw: number;
}

/** Hours that both have a value of, what was forecast aside. */
export function pairHours(weather: readonly Line[], demand: readonly Line[]): HourPair[] {
  const known = new Map<string, number>();
  for (const { start, value, quality } of weather.toReversed()) {
    for (const [index, at] of start.entries()) {
      const each = value[index] ?? null;
      if (each !== null && quality[index] !== "forecast") known.set(at, each);
    }
  }
  const seen = new Set<string>();
  return demand.flatMap(({ start, value, quality }) => start.flatMap((at, index): HourPair[] => {
    const [demandMw, of] = [value[index] ?? null, known.get(at)];
    if (demandMw === null || of === undefined || quality[index] === "forecast" || seen.has(at)) return [];
    seen.add(at);
    return [{ start: at, weather: of, demandMw }];
  }));
}

/** The zone of a place's region, for days and hours. */
export function zoneOf(region: Region): string {
  return regionFacts[region].zone;
}

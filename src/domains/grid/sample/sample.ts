import { regionFacts } from "#domains/grid/labels.ts";
import { regions, type Fuel, type Metric, type Region, type Subject, type Unit } from "#domains/grid/schema.ts";
import type { SourceNote } from "#domains/grid/series/series-schema.ts";
import { places } from "#domains/grid/sources/places.ts";
import type { Interval } from "#domains/grid/time/intervals.ts";
import { borderItemsOf, capacityOf, columnKey, dayOfRegion, flowMetricOf, fuelsOf, knotsOfDay, type Columns } from "./balance.ts";
import { scattered, seedOf } from "./noise.ts";
import { profiles, type Profile } from "./profiles.ts";
import { weatherAt } from "./weather.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const knotMs = dayMs / knotsOfDay;
/** Thirteen months. */
const daysBack = 396;
const hoursAhead = 36;
/** Ontario's price of today began with the market of today. */
const zonalPriceSince = Date.UTC(2025, 4, 1, 5);

/** What is said of the sample wherever it shows. Its numbers are made up by a formula: plausible, and true of nothing. */
export const sampleSource = {
  id: "sample.canada",
  name: "Sample data",
  publisher: "Tieline",
  licence: { name: "Made-up numbers, free to use", url: "/help/sample-data" },
  page: "/help/sample-data",
  cadenceMinutes: 5,
} as const;

/** The note on the sample that goes with its lines. */
export function sampleNote(now: Date): SourceNote {
  const until = new Date(Math.floor(now.getTime() / (5 * minuteMs)) * 5 * minuteMs).toISOString();
  return { ...sampleSource, dataUntil: until, fetchedAt: null, state: "sample" };
}

const weatherUnits = { temperature: "°C", "wind-speed": "km/h", "wind-direction": "°", "cloud-cover": "%", "solar-radiation": "W/m²" } as const satisfies Partial<Record<Metric, Unit>>;
const reachingAhead = new Set<Metric>(["demand-forecast", "day-ahead-price", "capacity", "outage", "reserve-required", ...Object.keys(weatherUnits) as (keyof typeof weatherUnits)[]]);

/** Everything that the sample has numbers of. */
export function sampleSubjects(): Subject[] {
  subjects ??= regions.flatMap((region) => [...gridSubjects(region), ...weatherSubjects(region)]);
  return subjects;
}
let subjects: Subject[] | undefined;

function gridSubjects(region: Region): Subject[] {
  const profile = profiles[region];
  if (!profile) return [];
  const megawatts = (metric: Metric, fuel?: Fuel, item?: string): Subject => ({ region, metric, unit: "MW", ...(fuel === undefined ? {} : { fuel }), ...(item === undefined ? {} : { item }) });
  const dollars = (metric: Metric): Subject => ({ region, metric, unit: "CAD/MWh" });
  const { plant, price, reserve } = profile;
  return [
    megawatts(profile.demandMetric),
    megawatts("demand-forecast"),
    ...(price === "zonal" ? [megawatts("market-demand"), dollars("price"), dollars("day-ahead-price")] : []),
    ...(price === "pool" ? [dollars("price")] : []),
    ...fuelsOf(profile).map((fuel) => megawatts("generation", fuel)),
    ...(plant ? fuelsOf(profile).map((fuel) => megawatts(plant, fuel)) : []),
    ...(plant === "capacity" ? outageFuels.map((fuel) => megawatts("outage", fuel)) : []),
    ...(reserve === undefined ? [] : [megawatts("reserve-required")]),
    ...borderItemsOf(region).map((item) => megawatts(flowMetricOf(region), undefined, item)),
    megawatts("net-interchange"),
  ];
}

function weatherSubjects(region: Region): Subject[] {
  return places.filter((place) => place.region === region)
    .flatMap(({ name }) => Object.entries(weatherUnits).map(([metric, unit]): Subject => ({ region, metric: metric as keyof typeof weatherUnits, item: name, unit })));
}

/** Minutes between the sample's own values of a subject; shorter intervals would show a detail that it doesn't have. */
export function sampleStepMinutes({ region, metric }: Pick<Subject, "region" | "metric">): 5 | 15 | 60 {
  const profile = profiles[region];
  if (!profile || reachingAhead.has(metric) || profile.plant === metric || metric === "outage") return 60;
  return profile.price === "pool" && metric === "price" ? 60 : profile.step;
}

/** The time that the sample has values of a subject for: the last thirteen months, and of forecasts the next 36 hours. */
export function sampleRange(subject: Pick<Subject, "region" | "metric">, now: Date = new Date()): Interval {
  const first = (Math.floor(now.getTime() / dayMs) - daysBack) * dayMs;
  const stepMs = sampleStepMinutes(subject) * minuteMs;
  const last = Math.floor(now.getTime() / stepMs) * stepMs + (reachingAhead.has(subject.metric) ? hoursAhead * hourMs : 0);
  const isZonal = subject.metric === "price" && profiles[subject.region]?.price === "zonal";
  return { start: new Date(isZonal ? Math.max(first, zonalPriceSince) : first), end: new Date(last) };
}

export interface SampleValue {
  value: number | null;
  min: number | null;
  max: number | null;
}

const nothing: SampleValue = { value: null, min: null, max: null };

/**
 * The means of a subject over intervals, in its unit (prices and powers alike), and its extremes within each. Days and
 * months that reach beyond what is covered are of the part that is; of shorter intervals nothing is said then, nor for a
 * subject that the sample doesn't have. Sums of fuels and flows hold for every interval.
 */
export function sampleValues(subject: Subject, intervals: readonly Interval[], now: Date = new Date()): SampleValue[] {
  const line = lineOf(subject);
  const { start, end } = sampleRange(subject, now);
  const stepMs = sampleStepMinutes(subject) * minuteMs;
  return intervals.map((interval) => {
    const from = Math.max(interval.start.getTime(), start.getTime());
    const to = Math.min(interval.end.getTime(), end.getTime());
    const long = interval.end.getTime() - interval.start.getTime() > hourMs;
    const cut = from > interval.start.getTime() || to < interval.end.getTime();
    if (!line || from >= to || (cut && !long)) return nothing;
    return meanOf(line, from, to, stepMs);
  });
}

interface Line {
  /** The value at a knot, counted from 1970. */
  at: (knot: number) => number;
  /** How much it trembles between knots, and by which noise. */
  tremble: number;
  seed: number;
}

function meanOf({ at, tremble, seed }: Line, from: number, to: number, stepMs: number): SampleValue {
  const [first, last] = [from / knotMs, to / knotMs];
  let [place, level] = [first, between(at, first)];
  let [area, min, max] = [0, level, level];
  while (place < last) {
    const next = Math.min(Math.floor(place) + 1, last);
    const reached = next === Math.floor(next) ? at(next) : between(at, next);
    area += ((level + reached) / 2) * (next - place);
    if (reached < min) min = reached;
    if (reached > max) max = reached;
    [place, level] = [next, reached];
  }
  if (tremble > 0) area += tremble * (trembled(seed, last) - trembled(seed, first));
  const value = rounded(area / (last - first));
  if (to - from <= stepMs) return { value, min: value, max: value };
  return { value, min: Math.min(value, rounded(min)), max: Math.max(value, rounded(max)) };
}

function between(at: Line["at"], place: number): number {
  const knot = Math.floor(place);
  return place === knot ? at(knot) : at(knot) + (at(knot + 1) - at(knot)) * (place - knot);
}

/** The sum of three waves since the last knot, the quicker the smaller: over half hours as a whole they come to nothing. */
function trembled(seed: number, place: number): number {
  const knot = Math.floor(place);
  if (place === knot) return 0;
  let sum = 0;
  for (let wave = 1; wave <= 3; wave += 1) {
    const turn = 2 * Math.PI * wave;
    sum += (scattered(seed ^ wave, knot) * (1 - Math.cos(turn * (place - knot)))) / (turn * wave);
  }
  return sum;
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

function lineOf(subject: Subject): Line | null {
  const { region, metric, fuel, item } = subject;
  const profile = profiles[region];
  if (metric in weatherUnits) return weatherLine(subject);
  if (!profile) return null;
  const plant = plantLine(profile, subject);
  if (plant) return plant;
  const key = columnKey(metric, fuel, item);
  if (!dayAt(region, 0).has(key)) return null;
  const trembles = metric === profile.demandMetric || metric === "market-demand" || (metric === "generation" && fuel === followerOf(profile));
  const tremble = profile.step === 60 ? 0 : trembles ? 0.004 * profile.demand : metric === "price" && profile.price === "zonal" ? 3 : 0;
  let day = Number.NaN;
  let values: Float64Array = empty;
  const at = (knot: number): number => {
    const wanted = Math.floor(knot / knotsOfDay);
    if (wanted !== day) {
      day = wanted;
      values = dayAt(region, wanted).get(key) ?? empty;
    }
    return values[knot - wanted * knotsOfDay] ?? Number.NaN;
  };
  return { at, tremble, seed: seedOf(metric === "price" ? `trembling price ${region}` : `trembling ${region}`) };
}

/** The fuel that takes up what demand does within minutes. */
function followerOf({ hydro, gas }: Profile): Fuel {
  return hydro && (hydro.first || !gas || hydro.most > 6_000) ? "hydro" : "gas";
}

const outageFuels = ["nuclear", "hydro", "gas"] as const satisfies readonly Fuel[];

/** What a region's plant could put out, what of it is away, and the reserve that is asked for. */
function plantLine(profile: Profile, { region, metric, fuel }: Subject): Line | null {
  const steady = (at: Line["at"]): Line => ({ at, tremble: 0, seed: 0 });
  if (metric === "reserve-required" && profile.reserve !== undefined && fuel === undefined) return steady(() => profile.reserve ?? 0);
  if (fuel === undefined || !fuelsOf(profile).includes(fuel)) return null;
  if (metric === profile.plant) return steady(() => capacityOf(profile, fuel));
  if (metric !== "outage" || profile.plant !== "capacity" || !outageFuels.some((each) => each === fuel)) return null;
  const seed = seedOf(`outage ${region} ${fuel}`);
  const part = fuel === "nuclear" ? 0.17 : 0.1;
  // Units go and come back at midnight.
  return steady((knot) => Math.round(capacityOf(profile, fuel) * part * (1 + 0.35 * scattered(seed, Math.floor(knot / (6 * knotsOfDay))))));
}

const empty = new Float64Array(0);
const weatherFields = { temperature: "temperature", "wind-speed": "windSpeed", "wind-direction": "windDirection", "cloud-cover": "cloudCover", "solar-radiation": "radiation" } as const;

function weatherLine({ region, metric, item }: Subject): Line | null {
  const place = places.find((each) => each.region === region && each.name === item);
  const field = Object.entries(weatherFields).find(([name]) => name === metric)?.[1];
  if (!place || !field) return null;
  return { at: (knot) => weatherAt(place, (knot * knotMs) / hourMs)[field], tremble: 0, seed: 0 };
}

/** Days that were worked out last: the same ones are asked for again for every line of a chart. */
const known = new Map<string, Columns>();
const knownAtMost = 1_600;

function dayAt(region: Region, day: number): Columns {
  const key = `${region} ${day}`;
  const found = known.get(key);
  if (found) return found;
  const columns = dayOfRegion(region, day);
  if (known.size >= knownAtMost) for (const oldest of [...known.keys()].slice(0, knownAtMost / 4)) known.delete(oldest);
  known.set(key, columns);
  return columns;
}

/** The regions whose grid the sample shows; of the others it knows the weather alone. */
export const sampleRegions: readonly Region[] = regions.filter((region) => profiles[region] !== undefined && regionFacts[region] !== undefined);

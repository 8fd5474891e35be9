import { AppError } from "#lib/errors.ts";
import type { Principal } from "#platform/auth/principal.ts";
import {
  EmissionsQuery, GenerationQuery, regionFacts, SeriesQuery, weatherMetrics, type FactorKind, type Fuel, type Line, type Metric, type Region, type Resolution, type SourceNote, type Zone,
} from "#domains/grid/index.ts";
import { findEmissions, findGeneration, findSeries, namedPlaces } from "#domains/grid/server.ts";
import { chartCheck, generationCheck, nameOf, seriesCheck } from "./check-links.ts";
import { clockAt } from "./facts/words.ts";
import type { Window } from "./facts/fact.ts";
import { notGenerated, type FuelWindow } from "./facts/mix-facts.ts";
import { dayMs, knownOf, pointsOf, sumOf, type Point } from "./facts/points.ts";
import type { ShownMetric } from "./schema.ts";

/** What is asked of the grid. */
export interface Selection {
  region: Region;
  metric: ShownMetric;
  fuel?: Fuel | undefined;
  item?: string | undefined;
  from: string;
  to: string;
  tz?: string | undefined;
  as_of?: string | undefined;
  resolution?: Exclude<Resolution, "month"> | undefined;
  factors?: FactorKind | undefined;
}

/** A selection with its values. */
export interface Loaded {
  window: Window;
  /** What the window is the sum of, where it is: flows over each border. */
  parts: Window[];
  resolution: Resolution;
  sources: SourceNote[];
  limits: string[];
}

/** The longest range of each resolution, in days. */
const daysAtMost: Readonly<Record<Exclude<Resolution, "month">, number>> = { "5min": 31, hour: 366, day: 3_660 };
const points = 100_000;

/** The resolution that charts of a range have, as far as it may be asked for. */
export function resolutionFor(days: number): Exclude<Resolution, "month"> {
  return days <= 8 ? "5min" : days <= 100 ? "hour" : "day";
}

function lengthOf({ from, to }: Pick<Selection, "from" | "to">): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs;
}

/** The resolution to ask for. Throws INVALID_REQUEST for a range that is longer than its task reads. */
export function requireBounded(selection: Selection, most = daysAtMost): Exclude<Resolution, "month"> {
  const days = lengthOf(selection);
  const resolution = selection.resolution ?? resolutionFor(days);
  if (days <= most[resolution]) return resolution;
  const message = `The range is longer than the ${most[resolution].toLocaleString("en-CA")} days that are read here at a resolution of ${resolution}. Choose a shorter one.`;
  throw new AppError("INVALID_REQUEST", { detail: message, errors: [{ path: "to", message }] });
}

/** The values of a selection. A window without any has no points. Throws INVALID_REQUEST for what the grid can't be asked. */
export async function loadWindow(principal: Principal, selection: Selection, resolution: Resolution, now: Date): Promise<Loaded> {
  const { region, metric, fuel, item, tz, from, to, as_of } = selection;
  if (metric === "emissions-intensity") return loadIntensity(principal, selection, resolution, now);
  if (metric === "generation" && fuel === undefined) return loadTotal(principal, selection, resolution, now);
  const asked = item ?? (metric === "intertie-flow" || metric === "scheduled-interchange" ? "*" : undefined);
  const answer = await findSeries(principal, SeriesQuery.parse({ region, metric, fuel, item: asked, from, to, tz, as_of, resolution, points }), now);
  const groups = Map.groupBy(answer.lines, (line) => line.item ?? line.fuel ?? "");
  const window = windowMaker(region, metric, answer, now);
  const check = (part?: string) => [
    seriesCheck({ region, metric, fuel, item: part ?? asked, ...spanOf(answer) }),
    ...charts(region, metric, answer),
  ];
  const common = { resolution: answer.resolution, sources: answer.sources };
  if (groups.size <= 1) return { ...common, ...withoutEnded(window(answer.lines, check(), fuel ?? item)), parts: [] };
  if (weatherMetrics.includes(metric)) {
    const place = namedPlaces.find((each) => each.region === region && groups.has(each.name))?.name ?? [...groups.keys()][0] ?? "";
    return { ...common, window: window(groups.get(place) ?? [], check(place), place), parts: [], limits: [`The values are those of ${place}: a region has no one weather.`] };
  }
  const parts = [...groups].map(([part, lines]) => window(lines, check(metric === "generation" ? undefined : part), part));
  const unit = parts[0]?.unit ?? "";
  if (unit !== "MW" && unit !== "MWh") {
    const [first] = parts;
    return { ...common, window: first ?? window([], check()), parts: [], limits: first ? [`The values are those of ${[...groups.keys()][0]}: name an \`item\` for others.`] : [] };
  }
  const total = { ...window(answer.lines, check()), name: `${nameOf(region, metric)}, net`, points: sumOf(parts.map((part) => part.points)) };
  return { ...common, window: total, parts, limits: ["The net is the sum over all borders; what leaves the region counts above zero."] };
}

interface Told {
  lines: Line[];
  from: string;
  to: string;
  zone: Zone;
  asOf: string | null;
  sources: SourceNote[];
}

/** The range of an answer, as its address says it. */
function spanOf({ from, to, zone, asOf, resolution }: Omit<Told, "lines" | "sources"> & { resolution: Resolution }) {
  return { from, to, tz: zone.name, resolution, asOf };
}

function windowMaker(region: Region, metric: ShownMetric, answer: Told, now: Date) {
  return (lines: Line[], check: Window["check"], part?: string): Window => windowOf(answer, nameOf(region, metric, part), lines[0]?.unit ?? "", pointsOf(lines), check, now);
}

function windowOf({ from, to, zone, asOf, sources }: Told, name: string, unit: string, own: Point[], check: Window["check"], now: Date): Window {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  return { name, unit, points: own, from: start, to: end, expectedTo: expectedEnd(own, start, end, sources, asOf === null ? now : new Date(asOf)), zone, check };
}

/** Sources that keep their cadence are behind by as much: until their newest value, nothing more is expected. */
function expectedEnd(own: readonly Point[], from: number, to: number, sources: readonly SourceNote[], now: Date): number {
  const until = Math.min(to, now.getTime());
  const last = knownOf(own).at(-1)?.end ?? from;
  const delay = 2 * Math.max(5, ...sources.map(({ cadenceMinutes }) => cadenceMinutes)) * 60_000;
  return last > until || until - last <= delay ? Math.min(Math.max(last, from), to) : until;
}

function charts(region: Region, metric: ShownMetric, { from, to, zone, asOf }: Pick<Told, "from" | "to" | "zone" | "asOf">): Window["check"] {
  const dayOf = (at: number) => new Date(at + clockAt(zone, at).minutes * 60_000).toISOString().slice(0, 10);
  const chart = chartCheck(region, metric, { first: dayOf(Date.parse(from)), last: dayOf(Date.parse(to) - 1) }, zone.name, asOf);
  return chart ? [chart] : [];
}

/** HOEP ended where Ontario's price of today began: numbers of one market only, those of the newer. */
const endedSources: readonly string[] = ["ieso.hoep"];

function withoutEnded(window: Window): { window: Window; limits: string[] } {
  const rest = window.points.filter(({ source }) => !endedSources.includes(source));
  const [first] = rest;
  if (!first || rest.length === window.points.length) return { window, limits: [] };
  return { window: { ...window, points: rest, from: first.start }, limits: ["The range spans the market renewal of 1 May 2025: only prices since then are counted, since those before are of another market."] };
}

async function loadIntensity(principal: Principal, { region, from, to, tz, as_of, factors }: Selection, resolution: Resolution, now: Date): Promise<Loaded> {
  const answer = await findEmissions(principal, EmissionsQuery.parse({ region, from, to, tz, as_of, resolution, factors }), now);
  const lines = answer.lines.map(({ gramsPerKwh, ...line }): Line => ({
    id: line.source, source: line.source, region, metric: "generation", fuel: null, item: null, unit: "MW", sample: line.sample,
    start: line.start, end: line.end, value: gramsPerKwh, quality: line.quality,
  }));
  const check = [seriesCheck({ region, metric: "emissions-intensity", factors, ...spanOf(answer) }), ...charts(region, "emissions-intensity", answer)];
  return {
    window: windowOf({ ...answer, lines }, nameOf(region, "emissions-intensity"), "gCO₂e/kWh", pointsOf(lines), check, now),
    parts: [], resolution: answer.resolution, sources: answer.sources, limits: answer.limits,
  };
}

async function loadTotal(principal: Principal, selection: Selection, resolution: Resolution, now: Date): Promise<Loaded> {
  const { windows, ...rest } = await loadFuels(principal, selection, resolution, now);
  const own = windows.filter(({ fuel }) => !notGenerated.includes(fuel));
  const [first] = own;
  const points = sumOf(own.map((window) => window.points));
  const window: Window = first
    ? { ...first, points, name: nameOf(selection.region, "generation") }
    : { name: nameOf(selection.region, "generation"), unit: "MW", points: [], from: 0, to: 0, expectedTo: 0, zone: rest.zone, check: [] };
  return { window, parts: [], resolution: rest.resolution, sources: rest.sources, limits: first ? ["Generation is the sum of all fuels; imports and what storage gives aren’t part of it."] : [] };
}

/** What a region generates, a window a fuel, as mean powers. */
export async function loadFuels(
  principal: Principal, { region, from, to, tz, as_of }: Selection, resolution: Resolution, now: Date,
): Promise<{ windows: FuelWindow[]; resolution: Resolution; sources: SourceNote[]; zone: Zone; from: string; to: string }> {
  const answer = await findGeneration(principal, GenerationQuery.parse({ region, from, to, tz, as_of, resolution, points }), now);
  const check = [generationCheck({ region, ...spanOf(answer) }), ...charts(region, "generation", answer)];
  const windows = [...Map.groupBy(answer.lines, ({ fuel }) => fuel)].flatMap(([fuel, lines]): FuelWindow[] =>
    fuel === null ? [] : [{ ...windowOf(answer, nameOf(region, "generation", fuel), "MW", pointsOf(lines), check, now), fuel }]);
  return { windows, resolution: answer.resolution, sources: answer.sources, zone: answer.zone, from: answer.from, to: answer.to };
}

/** The temperature of the place that a region's demand follows most, by hour; null where nobody tells it. */
export async function loadTemperature(principal: Principal, region: Region, range: { from: string; to: string; tz: string; as_of: string | undefined }, now: Date): Promise<{ window: Window; place: string; sources: SourceNote[] } | null> {
  const place = namedPlaces.find((each) => each.region === region)?.name;
  if (place === undefined) return null;
  const answer = await findSeries(principal, SeriesQuery.parse({ region, metric: "temperature", item: place, ...range, resolution: "hour", points }), now);
  if (answer.lines.length === 0) return null;
  const check = [seriesCheck({ region, metric: "temperature", item: place, ...spanOf(answer) }, `Temperature in ${place}`)];
  return { window: windowMaker(region, "temperature", answer, now)(answer.lines, check, place), place, sources: answer.sources };
}

/** The same time so much earlier: days stay days of the calendar. */
export function earlier(moment: string, by: "week" | "year"): string {
  const date = new Date(moment.length === 10 ? `${moment}T00:00:00Z` : moment);
  if (by === "week") date.setUTCDate(date.getUTCDate() - 7);
  else {
    const month = date.getUTCMonth();
    date.setUTCFullYear(date.getUTCFullYear() - 1);
    // 29 February has no counterpart in other years: the day before.
    if (date.getUTCMonth() !== month) date.setUTCDate(0);
  }
  return moment.length === 10 ? date.toISOString().slice(0, 10) : date.toISOString();
}

/** Says that nothing was told of a range. */
export function nothingTold(name: string): AppError {
  return new AppError("NOT_FOUND", { detail: `No source has told any value of ${name} in this range. Choose another range, or another metric.` });
}

/** A region as sentences name it. */
export const regionName = (region: Region) => regionFacts[region].name;

export type { Metric };

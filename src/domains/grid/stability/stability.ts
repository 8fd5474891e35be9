import { csvRow } from "#lib/csv.ts";
import { decodeCursor, encodeCursor } from "#lib/cursor.ts";
import type { Principal } from "#platform/auth/principal.ts";
import { findGeneration } from "#domains/grid/series/generation.ts";
import { borderMetric, demandMetric, referencesOf } from "#domains/grid/series/references.ts";
import type { Metric, Region } from "#domains/grid/schema.ts";
import { findSeries, seriesVersion } from "#domains/grid/series/series.ts";
import type { Line, SourceNote } from "#domains/grid/series/series-schema.ts";
import { mapeOf, stabilityLines, type StabilityInputs } from "./stability-lines.ts";
import type { StabilityAnswer, StabilityQuery } from "./stability-schema.ts";
import type { Wanted } from "#domains/grid/series/strands.ts";

/** Intervals of one answer: none of them may be thinned, or those of two lines wouldn't be the same. */
const intervalsAtMost = 10_000;
const pageOfFile = 2_000;

/** How strained a region's grid was over a range, from what is published of it. Throws INVALID_REQUEST for what can't be asked. */
export async function findStability(principal: Principal, query: StabilityQuery, now = new Date()): Promise<StabilityAnswer> {
  const { region } = query;
  const range = { ...query, format: "json" as const, limit: query.limit ?? intervalsAtMost };
  const notes: SourceNote[] = [];
  const read = async (metric: Metric | null, item?: string): Promise<Line[]> => {
    if (metric === null) return [];
    const answer = await findSeries(principal, { ...range, metric, ...(item === undefined ? {} : { item }) }, now);
    if (answer.lines.length > 0) notes.push(...answer.sources);
    return answer.lines;
  };
  const metrics = metricsOf(region);
  const demand = await findSeries(principal, { ...range, metric: metrics.demand }, now);
  const generation = await findGeneration(principal, range, now);
  for (const each of [demand, generation]) if (each.lines.length > 0) notes.push(...each.sources);
  const sample = isSample(demand.lines, generation.lines);
  const total = (await read("net-interchange")).filter((line) => line.sample === sample);
  const inputs: StabilityInputs = {
    demand: demand.lines,
    generation: generation.lines.filter(({ metric }) => metric === "generation"),
    forecast: await read("demand-forecast"),
    exchange: total.length > 0 ? total : await read(metrics.borders, "*"),
    plant: (await read(metrics.plant)).filter(({ fuel }) => fuel !== null),
    outages: (await read(metrics.outages)).filter(({ fuel }) => fuel !== null),
    reserve: metrics.reserve === null ? [] : await read(metrics.reserve, metrics.reserveItems),
    reserveRequired: await read("reserve-required"),
  };
  const kept = ofOneKind(inputs);
  const begin = kept.demand.map(({ start }) => start[0] ?? "").filter((start) => start !== "").sort()[0];
  // The interval before the first: what demand rose from.
  const before = begin === undefined ? [] : (await findSeries(principal, { ...range, metric: metrics.demand, cursor: undefined, from: new Date(Date.parse(begin) - 1).toISOString(), to: begin }, now)).lines;
  const lines = stabilityLines(region, kept, before);
  const used = new Set(Object.values(kept).flatMap((each: readonly Line[]) => each.map(({ source }) => source)));
  const { resolution, from, to, zone, asOf } = demand;
  // One without values goes on where it has some again; the other may have some before.
  const [next] = [demand, generation].flatMap(({ nextCursor }) => decodeCursor(nextCursor ?? undefined, 1) ?? []).sort();
  return {
    region, resolution, from, to, zone, asOf, lines, forecastMape: mapeOf(lines),
    sources: [...new Map(notes.filter(({ id }) => used.has(id)).map((note) => [note.id, note])).values()],
    nextCursor: next === undefined ? null : encodeCursor(next),
  };
}

/** The same as CSV: the whole range, an interval of a metric a row. */
export async function* writeStability(principal: Principal, query: StabilityQuery, now = new Date()): AsyncGenerator<string, void> {
  let page = await findStability(principal, { ...query, limit: pageOfFile }, now);
  yield csvRow(["start", "end", "region", "metric", "value", "unit", "quality"]);
  for (;;) {
    const rows = page.lines.flatMap(({ id, unit, start, end, value, quality }) => start.map((at, i) => ({ at, text: csvRow([at, end[i] ?? "", page.region, id, value[i] ?? null, unit, quality[i] ?? ""]) })));
    if (rows.length > 0) yield rows.sort((a, b) => a.at.localeCompare(b.at)).map(({ text }) => text).join("");
    if (page.nextCursor === null) return;
    page = await findStability(principal, { ...query, limit: pageOfFile, cursor: page.nextCursor }, now);
  }
}

/** Changes whenever the answer does. */
export function stabilityVersion(principal: Principal, query: StabilityQuery): Promise<string> {
  const { region } = query;
  const { demand, borders, plant, outages, reserve } = metricsOf(region);
  const metrics: (Metric | null)[] = [demand, "generation", "demand-forecast", "net-interchange", borders, plant, outages, reserve, "reserve-required"];
  return seriesVersion(principal, query, metrics.flatMap((metric): Wanted[] => (metric === null ? [] : [{ region, metric }])));
}

/** By which metrics a region's operator tells what is needed. */
function metricsOf(region: Region): { demand: Metric; borders: Metric | null; plant: Metric | null; outages: Metric | null; reserve: Metric | null; reserveItems?: string } {
  const publishes = (metric: Metric) => referencesOf(region, metric, "hour").length > 0;
  const plant = (["capacity", "capability"] as const).find(publishes) ?? null;
  const reserve = (["reserve-dispatched", "reserve"] as const).find(publishes) ?? null;
  return {
    demand: demandMetric(region), borders: borderMetric(region) ?? "intertie-flow", plant, outages: publishes("outage") ? "outage" : null, reserve,
    ...(reserve === "reserve" ? { reserveItems: "*" } : {}),
  };
}

/** Whether a region's numbers are made up, as its demand says. */
function isSample(demand: readonly Line[], generation: readonly Line[]): boolean {
  return (demand[0] ?? generation[0])?.sample ?? false;
}

/** Made-up numbers and those of sources don't come together: what isn't of the kind that demand is of is left out. */
function ofOneKind(inputs: StabilityInputs): StabilityInputs {
  const sample = isSample(inputs.demand, inputs.generation);
  const only = (lines: readonly Line[]) => lines.filter((line) => line.sample === sample);
  return {
    demand: only(inputs.demand), forecast: only(inputs.forecast), exchange: only(inputs.exchange), generation: only(inputs.generation), plant: only(inputs.plant),
    outages: only(inputs.outages), reserve: only(inputs.reserve), reserveRequired: only(inputs.reserveRequired),
  };
}

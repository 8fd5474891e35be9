import type { Principal } from "#platform/auth/principal.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { pick, shared, type Columns } from "./columns.ts";
import { borderMetric, referencesOf } from "./references.ts";
import { qualities, type Fuel, type Quality } from "#domains/grid/schema.ts";
import { sampleStrands, nextOfSample } from "./sample-strands.ts";
import { csvOf } from "./series-csv.ts";
import { firstOf, planOf, type Plan } from "./series-plan.ts";
import * as queries from "./series-queries.ts";
import type { GenerationQuery } from "./series-query.ts";
import type { Resolution, SeriesAnswer } from "./series-schema.ts";
import { answerOf, isUntold, nextStart, seriesVersion } from "./series.ts";
import { readStrands, type Strand, type Wanted } from "./strands.ts";
import { thinTogether } from "./thin.ts";
import type { Periods } from "#domains/grid/time/zone-calendar.ts";

/**
 * What a region generates, by fuel, with what it takes in and gives away: mean powers in MW. Imports and what storage gives
 * are above zero, exports and what storage takes below. Throws INVALID_REQUEST for what can't be asked.
 */
export async function findGeneration(principal: Principal, query: GenerationQuery, now = new Date()): Promise<SeriesAnswer> {
  return db.as(principal, async (tx) => {
    const series = await seriesOf(tx, query);
    const plan = planOf(query, now, finestOf(series, query));
    const page = plan.limit === null ? plan.periods : firstOf(plan.periods, plan.limit);
    const { strands: found, next } = await readPage(tx, series, query, plan, page, plan.limit ?? plan.points, now);
    const thinned = plan.limit === null ? thinTogether(found.map(({ columns }) => columns), plan.points) : found.map(({ columns }) => columns);
    const strands = found.map((strand, i) => ({ ...strand, columns: thinned[i] ?? strand.columns }));
    return answerOf(tx, query.region, plan, strands, wantedOf(query), next, now);
  });
}

/** The same as CSV: the whole range, every value. */
export async function writeGeneration(principal: Principal, query: GenerationQuery, now = new Date()): Promise<AsyncGenerator<string, void>> {
  const finest = finestOf(await db.as(principal, (tx) => seriesOf(tx, query)), query);
  const plan = planOf(query, now, finest);
  return csvOf(principal, query.region, plan, async (tx, page) => {
    return readPage(tx, await seriesOf(tx, query), query, plan, page, Infinity, now);
  });
}

/** Changes whenever the answer does. */
export function generationVersion(principal: Principal, query: GenerationQuery): Promise<string> {
  return seriesVersion(principal, query, wantedOf(query));
}

interface MixSeries {
  generation: queries.SeriesRow[];
  borders: queries.SeriesRow[];
}

async function seriesOf(tx: Tx, { region }: GenerationQuery): Promise<MixSeries> {
  return { generation: await queries.listSeries(tx, region, "generation"), borders: await queries.listSeries(tx, region, borderMetric(region)) };
}

function wantedOf({ region }: GenerationQuery): Wanted[] {
  return [{ region, metric: "generation" }, { region, metric: borderMetric(region), item: "*" }];
}

/** Flows are told as finely as fuels are, or they couldn't be stacked. */
function finestOf({ generation }: MixSeries, { region }: GenerationQuery): Resolution {
  const lengths = referencesOf(region, "generation", "5min").filter(({ source }) => generation.some((row) => row.source === source)).map(({ length }) => length);
  if (lengths.length === 0 || lengths.some((length) => length !== 60 && length !== "month")) return "5min";
  return lengths.includes(60) ? "hour" : "month";
}

/** A page of the mix, and where the next one begins. The sample stands in for all of it or nothing: its parts add up. */
async function readPage(tx: Tx, series: MixSeries, query: GenerationQuery, plan: Plan, page: Periods, points: number, now: Date): Promise<{ strands: Strand[]; next: number | null }> {
  const strands = await readMix(tx, series, query, plan, page);
  if (!strands.some(({ metric }) => metric === "generation") && await isUntold(tx, series.generation)) {
    const wanted = wantedOf(query);
    const [fuels = [], borders = []] = wanted.map((each) => sampleStrands(each, plan, page, points, now));
    if (fuels.length > 0) return { strands: [...fuels, ...exchangeOf(borders)], next: nextOfSample({ region: query.region, metric: "generation" }, plan, page, now) };
  }
  return { strands, next: await nextStart(tx, [...series.generation, ...series.borders], plan, page, strands.length > 0) };
}

async function readMix(tx: Tx, series: MixSeries, { region }: GenerationQuery, plan: Plan, periods: Periods): Promise<Strand[]> {
  const fuels = await readStrands(tx, series.generation, { region, metric: "generation", asPower: true }, plan, periods);
  const borders = await readStrands(tx, series.borders, { region, metric: borderMetric(region), item: "*" }, plan, periods);
  const exchanges = [...Map.groupBy(borders, ({ source }) => source).values()].flatMap(exchangeOf);
  return [...fuels, ...exchanges.map((strand) => ({ ...strand, columns: shared(strand.columns, fuels[0]?.columns) }))];
}

/** Borders that give away and borders that take in, apart: a region does both at once. */
function exchangeOf(borders: readonly Strand[]): Strand[] {
  const [first] = borders;
  if (!first) return [];
  const { start, placeOf } = sharedStarts(borders.map(({ columns }) => columns));
  const end = new Array<number>(start.length).fill(0);
  const [imports, exports, known, worst] = [end.slice(), end.slice(), end.slice(), end.slice()];
  for (const { columns } of borders) {
    for (let i = 0; i < columns.start.length; i += 1) {
      const flow = columns.value[i] ?? null;
      if (flow === null) continue;
      const place = placeOf(columns, i);
      if (known[place] === 0) end[place] = columns.end[i] ?? 0;
      imports[place] = (imports[place] ?? 0) + Math.max(-flow, 0);
      exports[place] = (exports[place] ?? 0) + Math.min(-flow, 0);
      known[place] = (known[place] ?? 0) + 1;
      worst[place] = Math.max(worst[place] ?? 0, qualities.indexOf(columns.quality[i] ?? "measured"));
    }
  }
  const most = Math.max(...new Set(known));
  const estimated = qualities.indexOf("estimated");
  const quality = worst.map((place, i): Quality => qualities[(known[i] ?? 0) < most ? Math.max(place, estimated) : place] ?? "measured");
  const places = [...known.keys()].filter((i) => (known[i] ?? 0) > 0);
  const columnsOf = (value: number[]) => (places.length === start.length ? { start, end, value, quality } : pick({ start, end, value, quality }, places));
  const strand = (fuel: Fuel, value: number[]): Strand => ({ ...first, fuel, item: null, unit: "MW", columns: columnsOf(value) });
  return [strand("imports", imports), strand("exports", exports)];
}

/** All instants at which one of these begins, in order, and where among them an entry of one is. */
function sharedStarts(lines: readonly Columns[]): { start: number[]; placeOf: (columns: Columns, i: number) => number } {
  const start = lines[0]?.start ?? [];
  if (lines.every((line) => line.start === start)) return { start, placeOf: (_, i) => i };
  const all = [...new Set(lines.flatMap((line) => line.start))].sort((a, b) => a - b);
  const places = new Map(all.map((at, place) => [at, place]));
  return { start: all, placeOf: (columns, i) => places.get(columns.start[i] ?? 0) ?? 0 };
}

import type { Principal } from "#platform/auth/principal.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { pick, type Columns } from "./columns.ts";
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
  const bySource = Map.groupBy(borders, ({ source }) => source);
  return [...fuels, ...[...bySource.values()].flatMap(exchangeOf)];
}

/** Borders that give away and borders that take in, apart: a region does both at once. */
function exchangeOf(borders: readonly Strand[]): Strand[] {
  const [first] = borders;
  if (!first) return [];
  const instants = new Map<number, { end: number; imports: number; exports: number; known: number; quality: number }>();
  for (const { columns: { start, end, value, quality } } of borders) {
    for (const [i, at] of start.entries()) {
      const flow = value[i] ?? null;
      if (flow === null) continue;
      const sum = instants.get(at) ?? { end: end[i] ?? at, imports: 0, exports: 0, known: 0, quality: 0 };
      sum.imports += Math.max(-flow, 0);
      sum.exports += Math.min(-flow, 0);
      sum.known += 1;
      sum.quality = Math.max(sum.quality, qualities.indexOf(quality[i] ?? "measured"));
      instants.set(at, sum);
    }
  }
  const times = [...instants].sort(([a], [b]) => a - b);
  const most = Math.max(...times.map(([, { known }]) => known));
  const qualityOf = ({ quality, known }: { quality: number; known: number }): Quality => {
    const found = qualities[quality] ?? "measured";
    return known < most && quality < qualities.indexOf("estimated") ? "estimated" : found;
  };
  const columns: Columns = {
    start: times.map(([at]) => at), end: times.map(([, { end }]) => end), value: times.map(([, { imports }]) => imports), quality: times.map(([, sum]) => qualityOf(sum)),
  };
  const strand = (fuel: Fuel, value: number[]): Strand => ({ ...first, fuel, item: null, unit: "MW", columns: { ...pick(columns, times.map((_, i) => i)), value } });
  return [strand("imports", times.map(([, { imports }]) => imports)), strand("exports", times.map(([, sum]) => sum.exports))];
}

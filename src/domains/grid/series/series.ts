import { encodeCursor } from "#lib/cursor.ts";
import type { Principal } from "#platform/auth/principal.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { isoTexts } from "./columns.ts";
import { referencesOf } from "./references.ts";
import type { Region } from "#domains/grid/schema.ts";
import { sampleNote } from "#domains/grid/sample/sample.ts";
import { nextOfSample, sampleStrands } from "./sample-strands.ts";
import { csvOf } from "./series-csv.ts";
import { endOf, firstOf, periodsFrom, planOf, startOf, type Plan } from "./series-plan.ts";
import * as queries from "./series-queries.ts";
import type { GenerationQuery, SeriesQuery } from "./series-query.ts";
import type { Line, SeriesAnswer } from "./series-schema.ts";
import { noteOf } from "#domains/grid/health/source-notes.ts";
import { listSourceStates } from "#domains/grid/health/source-queries.ts";
import { findSource } from "#domains/grid/sources/registry.ts";
import { seriesName } from "#domains/grid/sources/source.ts";
import { readStrands, type Strand, type Wanted } from "./strands.ts";
import { thin } from "./thin.ts";
import type { Periods } from "#domains/grid/time/zone-calendar.ts";

/** Past this age sources seldom revise. */
const settledMs = 3 * 24 * 3_600_000;

/**
 * Lines of a metric of a region over a range. Each interval is the most preferred source's that has it, and lines of several
 * sources stay apart. Throws INVALID_REQUEST for what can't be asked.
 */
export async function findSeries(principal: Principal, query: SeriesQuery, now = new Date()): Promise<SeriesAnswer> {
  const plan = planOf(query, now);
  const page = plan.limit === null ? plan.periods : firstOf(plan.periods, plan.limit);
  return db.as(principal, async (tx) => {
    const series = await queries.listSeries(tx, query.region, query.metric);
    const read = await readStrands(tx, series, query, plan, page);
    const sampled = read.length === 0 && await isUntold(tx, series);
    const found = sampled ? sampleStrands(query, plan, page, plan.limit ?? plan.points, now) : read;
    const next = sampled ? nextOfSample(query, plan, page, now) : await nextStart(tx, series, plan, page, found.length > 0);
    const strands = plan.limit === null ? found.map((strand) => ({ ...strand, columns: thin(strand.columns, plan.points) })) : found;
    return answerOf(tx, query.region, plan, strands, [query], next, now);
  });
}

/** The same as CSV: the whole range, every value. Throws INVALID_REQUEST before the first piece. */
export function writeSeries(principal: Principal, query: SeriesQuery, now = new Date()): AsyncGenerator<string, void> {
  const plan = planOf(query, now);
  return csvOf(principal, query.region, plan, async (tx, page) => {
    const series = await queries.listSeries(tx, query.region, query.metric);
    const strands = await readStrands(tx, series, query, plan, page);
    if (strands.length === 0 && await isUntold(tx, series)) {
      return { strands: sampleStrands(query, plan, page, Infinity, now), next: nextOfSample(query, plan, page, now) };
    }
    return { strands, next: await nextStart(tx, series, plan, page, strands.length > 0) };
  });
}

/** Changes whenever the answer does: with what its sources have said, and with what is said of them. */
export async function seriesVersion(principal: Principal, query: GenerationQuery, wanted: readonly Wanted[], now = new Date()): Promise<string> {
  const plan = planOf(query, now);
  return db.as(principal, async (tx) => {
    const found: queries.SeriesRow[] = [];
    for (const { region, metric } of wanted) found.push(...await queries.listSeries(tx, region, metric));
    const ids = [...new Set([...found.map(({ source }) => source), ...wanted.flatMap(({ region, metric }) => referencesOf(region, metric, plan.resolution).map(({ source }) => source))])];
    const states = new Map((await listSourceStates(tx)).map((state) => [state.source, state]));
    const notes = ids.flatMap((id) => findSource(id) ?? []).map((source) => noteOf(source, states.get(source.id) ?? null, now));
    // The sample goes on with the clock.
    const tick = await isUntold(tx, found) ? Math.floor(now.getTime() / 300_000) : null;
    return JSON.stringify([query, plan.from, plan.to, await queries.findVersion(tx, ids), notes, tick]);
  });
}

/** Whether no source has told any value: the sample stands in then. */
export async function isUntold(tx: Tx, series: readonly queries.SeriesRow[]): Promise<boolean> {
  return series.length === 0 || !(await queries.haveValues(tx, series.map(({ id }) => id)));
}

/** For how long an answer may be kept unasked: what has long been settled changes seldom. Seconds. */
export function cacheSecondsOf(query: GenerationQuery, now = new Date()): number {
  return now.getTime() - planOf(query, now).to > settledMs ? 300 : 0;
}

/** Puts an answer together: lines written out, and a note on every source of them, or on those that should have answered. */
export async function answerOf(
  tx: Tx, region: Region, plan: Plan, strands: readonly Strand[], wanted: readonly Wanted[], next: number | null, now: Date,
): Promise<SeriesAnswer> {
  const states = new Map((await listSourceStates(tx)).map((state) => [state.source, state]));
  const answering = strands.map(({ source }) => source);
  const expected = wanted.flatMap(({ region: of, metric }) => referencesOf(of, metric, plan.resolution).map(({ source }) => source));
  const sources = [...new Set(answering.length > 0 ? answering : expected)].flatMap((id) => findSource(id) ?? []);
  const iso = (at: number) => new Date(at).toISOString();
  return {
    region, resolution: plan.resolution, from: iso(plan.from), to: iso(plan.to),
    zone: { name: plan.zone, offsets: plan.offsets.map(({ at, minutes }) => ({ from: iso(at), minutes })) },
    asOf: plan.asOf?.toISOString() ?? null,
    lines: strands.map((strand) => lineOf(region, strand)),
    sources: strands.some(({ sample }) => sample) ? [sampleNote(now)] : sources.map((source) => noteOf(source, states.get(source.id) ?? null, now)),
    nextCursor: next === null ? null : encodeCursor(iso(next)),
  };
}

/** Where the next page begins: after this one, or past a stretch without values; null at the end. */
export async function nextStart(tx: Tx, series: readonly queries.SeriesRow[], plan: Plan, page: Periods, found: boolean): Promise<number | null> {
  const end = endOf(page);
  if (end >= plan.to) return null;
  if (found) return end;
  const next = await queries.findNextStart(tx, series.map(({ id }) => id), new Date(end), new Date(plan.to));
  return next === null ? null : startOf(periodsFrom(plan.periods, next.getTime()));
}

/** A line as it is sent. */
export function lineOf(region: Region, { source, metric, fuel, item, unit, sample, columns }: Strand): Line {
  return {
    id: seriesName({ id: source }, { metric, ...(fuel === null ? {} : { fuel }), ...(item === null ? {} : { item }) }),
    source, region, metric, fuel, item, unit, sample,
    start: isoTexts(columns.start), end: isoTexts(columns.end), value: columns.value, quality: columns.quality,
    ...(columns.low && columns.high ? { min: columns.low, max: columns.high } : {}),
  };
}

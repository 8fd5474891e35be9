import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";
import type { Quality } from "#domains/grid/schema.ts";
import { subjectColumns, type SubjectRow, type ValueRow } from "#domains/grid/series/series-queries.ts";
import type { Stream } from "./streams.ts";

/** Brings the catalogue in the database to the one in the code. */
export async function upsertStreams(tx: Tx, streams: readonly Stream[]): Promise<void> {
  const rows = streams.map(({ key, title, region, source, metrics, dimension, unit, cadenceMinutes }) => ({ key, title, region, source, metrics, dimension, unit, cadence_minutes: cadenceMinutes }));
  await sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (key text, title text, region text, source text, metrics text[], dimension text, unit text, cadence_minutes int)
    ), gone as (
      delete from app.streams where key not in (select key from given)
    )
    insert into app.streams (key, title, region, source, metrics, dimension, unit, cadence_minutes) select * from given
    on conflict (key) do update set title = excluded.title, region = excluded.region, source = excluded.source, metrics = excluded.metrics, dimension = excluded.dimension,
      unit = excluded.unit, cadence_minutes = excluded.cadence_minutes`.execute(tx);
}

/** Something new, to be told by a stream. */
export interface News {
  stream: string;
  seriesId: number;
  start: Date;
  end: Date;
  value: number | null;
  quality: Quality;
  revision: boolean;
}

/**
 * Writes what streams tell. Writers take turns from here until they commit, so that ids follow the order of commits: who
 * has seen one has seen all before it. To be called last in a unit of work.
 */
export async function appendNews(tx: Tx, news: News[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('grid streams', 0))`.execute(tx);
  await sql`
    insert into app.stream_events (stream, series_id, starts_at, ends_at, value, quality, revision)
    select n.stream, n.series_id, n.starts_at, n.ends_at, n.value, n.quality::app.observation_quality, n.revision
    from unnest(${news.map(({ stream }) => stream)}::text[], ${news.map(({ seriesId }) => seriesId)}::int[], ${news.map(({ start }) => start)}::timestamptz[],
      ${news.map(({ end }) => end)}::timestamptz[], ${news.map(({ value }) => value)}::float8[], ${news.map(({ quality }) => quality)}::text[], ${news.map(({ revision }) => revision)}::boolean[])
      with ordinality as n (stream, series_id, starts_at, ends_at, value, quality, revision, place)
    join app.streams s on s.key = n.stream order by n.starts_at, n.place`.execute(tx);
}

/** Forgets what streams told before a time, and notes for each how far. */
export async function purgeNews(tx: Tx, before: Date): Promise<number> {
  const { rows } = await sql<{ gone: number }>`
    with gone as (
      delete from app.stream_events where created_at < ${before} returning stream, id
    ), noted as (
      update app.streams s set purged_through = greatest(purged_through, newest) from (select stream, max(id) as newest from gone group by 1) g where g.stream = s.key
    )
    select count(*)::int as gone from gone`.execute(tx);
  return rows[0]?.gone ?? 0;
}

/** What a stream told, with its place among all that streams told. */
export interface StreamEventRow extends ValueRow {
  id: number;
  stream: string;
  revision: boolean;
}

const eventColumns = sql`e.id, e.stream, ${subjectColumns}, e.starts_at as start, e.ends_at as "end", e.value, e.quality, e.revision`;

/** What any stream told after an event, in order. */
export async function listNews(tx: Tx, after: number, limit: number): Promise<StreamEventRow[]> {
  const { rows } = await sql<StreamEventRow>`
    select ${eventColumns} from app.stream_events e join app.series s on s.id = e.series_id where e.id > ${after} order by e.id limit ${limit}`.execute(tx);
  return rows;
}

/** What these streams told after one event and up to another, in order. */
export async function listNewsOf(tx: Tx, keys: string[], { after, through, limit }: { after: number; through: number; limit: number }): Promise<StreamEventRow[]> {
  const { rows } = await sql<StreamEventRow>`
    select ${eventColumns} from app.stream_events e join app.series s on s.id = e.series_id
    where e.stream = any (${keys}::text[]) and e.id > ${after} and e.id <= ${through} order by e.id limit ${limit}`.execute(tx);
  return rows;
}

/** The newest event there has been, and up to which each stream's are deleted. */
export async function findPlaces(tx: Tx): Promise<{ newest: number; purged: Map<string, number> }> {
  const { rows } = await sql<{ key: string; purged: number; newest: number }>`
    select key, purged_through as purged, greatest((select coalesce(max(id), 0) from app.stream_events), max(purged_through) over ()) as newest from app.streams`.execute(tx);
  return { newest: rows[0]?.newest ?? 0, purged: new Map(rows.map(({ key, purged }) => [key, purged])) };
}

/** A series as streams need to know it. */
export interface StreamSeriesRow extends SubjectRow {
  id: number;
}

/** Every series of these sources and metrics. */
export async function listSeriesOf(tx: Tx, sources: string[], metrics: string[]): Promise<StreamSeriesRow[]> {
  const { rows } = await sql<StreamSeriesRow>`
    select s.id, ${subjectColumns} from app.series s where source = any (${sources}::text[]) and metric = any (${metrics}::text[]) order by id`.execute(tx);
  return rows;
}

export interface NewestInterval {
  seriesId: number;
  start: Date;
  end: Date;
}

/** The newest interval of each series that has a value. */
export async function listNewestIntervals(tx: Tx, seriesIds: number[]): Promise<NewestInterval[]> {
  const { rows } = await sql<NewestInterval>`
    select id as "seriesId", newest.starts_at as start, newest.ends_at as "end" from unnest(${seriesIds}::int[]) id cross join lateral (
      select starts_at, ends_at from app.observations o where o.series_id = id and o.value is not null order by starts_at desc limit 1) newest`.execute(tx);
  return rows;
}

export interface PastValue {
  seriesId: number;
  start: Date;
  end: Date;
  value: number | null;
  quality: Quality;
  knownAt: Date;
}

/** Values of series that begin within a range, the newest first, from a place on that a page before has ended at. */
export async function listPast(tx: Tx, seriesIds: number[], { from, to, after, limit }: { from: Date; to: Date; after: { start: Date; seriesId: number } | null; limit: number }): Promise<PastValue[]> {
  const start = after?.start ?? to;
  // A page is at most so many of each series: an index gives them in order.
  const { rows } = await sql<PastValue>`
    select o.* from unnest(${seriesIds}::int[]) id cross join lateral (
      select series_id as "seriesId", starts_at as start, ends_at as "end", value, quality, known_at as "knownAt" from app.observations
      where series_id = id and starts_at >= ${from} and starts_at < ${to} and (starts_at < ${start} or (starts_at = ${start} and series_id > ${after?.seriesId ?? 2_147_483_647}))
      order by starts_at desc limit ${limit}) o
    order by start desc, "seriesId" limit ${limit}`.execute(tx);
  return rows;
}

import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";
import type { Metric, Region } from "#domains/grid/schema.ts";
import { subjectColumns, type ValueRow } from "#domains/grid/series/series-queries.ts";

/** The newest value of a line of numbers that isn't a forecast. */
export interface NewestRow extends ValueRow {
  seriesId: number;
  value: number;
}

/** What the state of the grid depends on, as a short text that changes with it. */
export async function findStatusVersion(tx: Tx): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    select concat_ws(' ', (select concat_ws('.', max(id), count(completed_at)) from (select id, completed_at from app.payloads order by id desc limit 64) newest),
      (select md5(string_agg(concat_ws(' ', source, enabled, last_run_at, last_success_at, data_until, failures), ',' order by source)) from app.source_states)) as version`.execute(tx);
  return rows[0]?.version ?? "";
}

/** The regions that sources other than those of weather have told something of. */
export async function listAnsweredRegions(tx: Tx, weather: readonly Metric[]): Promise<Region[]> {
  const { rows } = await sql<{ region: Region }>`select distinct region from app.series where metric <> all (${[...weather]}::text[])`.execute(tx);
  return rows.map(({ region }) => region);
}

/** The newest values of these metrics within a range of time, of intervals of an hour at most; generation only where its fuel is told. */
export async function listNewest(tx: Tx, metrics: readonly Metric[], since: Date, until: Date): Promise<NewestRow[]> {
  const { rows } = await sql<NewestRow>`
    select s.id as "seriesId", ${subjectColumns}, o.starts_at as start, o.ends_at as "end", o.value, o.quality
    from app.series s cross join lateral (
      select starts_at, ends_at, value, quality from app.observations
      where series_id = s.id and starts_at > ${since} and starts_at <= ${until} and value is not null and quality <> 'forecast' and ends_at <= starts_at + interval '1 hour'
      order by starts_at desc limit 1) o
    where s.metric = any (${[...metrics]}::text[]) and (s.metric <> 'generation' or s.fuel is not null)
    order by s.source, s.id`.execute(tx);
  return rows;
}

/** A series over a range of time. */
export interface Window {
  seriesId: number;
  from: Date;
  to: Date;
}

export interface WindowRow {
  seriesId: number;
  start: Date;
  end: Date;
  value: number;
}

/** The values of series, each over its own range, in order of time. */
export async function listWindows(tx: Tx, windows: readonly Window[]): Promise<WindowRow[]> {
  if (windows.length === 0) return [];
  const [from, to] = [Math.min(...windows.map((each) => each.from.getTime())), Math.max(...windows.map((each) => each.to.getTime()))];
  const { rows } = await sql<WindowRow>`
    select o.series_id as "seriesId", o.starts_at as start, o.ends_at as "end", o.value
    from unnest(${windows.map(({ seriesId }) => seriesId)}::int[], ${windows.map((each) => each.from)}::timestamptz[], ${windows.map((each) => each.to)}::timestamptz[])
      as asked (series_id, from_at, to_at)
      join app.observations o on o.series_id = asked.series_id and o.starts_at >= asked.from_at and o.starts_at < asked.to_at
    where o.starts_at >= ${new Date(from)} and o.starts_at < ${new Date(to)} and o.value is not null
    order by o.series_id, o.starts_at`.execute(tx);
  return rows;
}

import { sql, type RawBuilder } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";
import type { Interval } from "#domains/grid/time/intervals.ts";
import { subjectKey } from "#domains/grid/sources/distinct.ts";
import { qualities, type Fuel, type Observation, type Quality, type Subject } from "#domains/grid/schema.ts";

/**
 * Writers of one source take turns: what a later one compares with is what the earlier one has written. A year's partition
 * is made while nobody writes. To be called first in a unit of work.
 */
export async function lockSource(tx: Tx, source: string): Promise<void> {
  await sql`
    select pg_advisory_xact_lock_shared(hashtextextended('observation partitions', 0)), pg_advisory_xact_lock(hashtextextended(${`grid ${source}`}, 0))`.execute(tx);
}

/** The series of these subjects, by subjectKey; those that are new are made. */
export async function ensureSeries(tx: Tx, source: string, subjects: ReadonlyMap<string, Subject>): Promise<Map<string, number>> {
  const known = await listSeriesIds(tx, source);
  const missing = [...subjects].flatMap(([key, subject]) => (known.has(key) ? [] : [subject]));
  if (missing.length === 0) return known;
  await insertSeries(tx, source, missing);
  return listSeriesIds(tx, source);
}

async function insertSeries(tx: Tx, source: string, subjects: Subject[]): Promise<void> {
  const given = sql`unnest(${subjects.map((s) => s.metric)}::text[], ${subjects.map((s) => s.region)}::text[], ${subjects.map((s) => s.fuel ?? null)}::text[],
    ${subjects.map((s) => s.item ?? null)}::text[], ${subjects.map((s) => s.unit)}::text[]) as given (metric, region, fuel, item, unit)`;
  await sql`
    insert into app.series (source, metric, region, fuel, item, unit) select ${source}, * from ${given} on conflict do nothing`.execute(tx);
}

async function listSeriesIds(tx: Tx, source: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: number; metric: Subject["metric"]; region: Subject["region"]; fuel: Fuel | null; item: string | null; unit: Subject["unit"] }>`
    select id, metric, region, fuel, item, unit from app.series where source = ${source}`.execute(tx);
  return new Map(rows.map(({ id, metric, region, fuel, item, unit }) => [subjectKey({ metric, region, unit, ...(fuel === null ? {} : { fuel }), ...(item === null ? {} : { item }) }), id]));
}

export interface PayloadRow {
  source: string;
  origin: string;
  hash: Buffer;
  bytes: number;
  fetchedAt: Date;
  publishedAt: Date | null;
  observations: number;
}

/**
 * Notes a document; answers its id, and whether it has been read to its end before: one that states no date of its own, since
 * anything else from its address last changed something.
 */
export async function upsertPayload(tx: Tx, row: PayloadRow): Promise<{ id: string; complete: boolean }> {
  const { rows } = await sql<{ id: string; complete: boolean }>`
    insert into app.payloads (source, origin, content_hash, bytes, fetched_at, published_at, observations)
    values (${row.source}, ${row.origin}, ${row.hash}, ${row.bytes}, ${row.fetchedAt}, ${row.publishedAt}, ${row.observations})
    on conflict (source, content_hash) do update set fetched_at = greatest(payloads.fetched_at, excluded.fetched_at)
    returning id, completed_at is not null and (published_at is not null or not exists (
      select from app.payloads other where other.source = payloads.source and other.origin = ${row.origin} and other.id <> payloads.id
        and other.changed_at >= payloads.completed_at)) as complete`.execute(tx);
  const [payload] = rows;
  if (!payload) throw new Error("The payload was not noted");
  return payload;
}

/** Says that everything in a document has been written. */
export async function completePayload(tx: Tx, id: string): Promise<void> {
  await sql`update app.payloads set completed_at = now() where id = ${id}`.execute(tx);
}

/** Forgets documents last fetched before a time that changed nothing: no observation names them. Answers how many. */
export async function purgePayloads(tx: Tx, before: Date): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from app.payloads where changed_at is null and fetched_at < ${before}`.execute(tx);
  return Number(numAffectedRows);
}

/** Which of these years have no partitions yet. */
export async function missingYears(tx: Tx, years: number[]): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    select year from unnest(${years}::int[]) year where 2 > (
      select count(*) from pg_catalog.pg_class
      where relnamespace = 'app'::regnamespace and relname in ('observations_' || year, 'observation_revisions_' || year))`.execute(tx);
  return rows.map(({ year }) => year);
}

/** Makes the partitions of these years. */
export async function ensureYears(tx: Tx, years: number[]): Promise<void> {
  await sql`select app.ensure_observation_year(year) from unnest(${years}::int[]) year`.execute(tx);
}

export interface Written {
  inserted: number;
  revised: number;
  /** Values that came after newer ones, and were put behind them. */
  late: number;
}

/** A present value that is new, by its series and start, in seconds since 1970; and whether another one was there. */
export type Changed = [seriesId: number, startSeconds: number, revision: boolean];

/** An observation with its series. */
export type Placed = Pick<Observation, "start" | "end" | "value" | "quality"> & { seriesId: number };

/**
 * Writes observations of one document, each interval of a series once, and answers what changed. A value that differs from
 * an older one takes its place, which is kept as a revision; the same value again changes nothing; one that was known
 * before the present one goes behind it. A null takes the place of a value, and is otherwise not stored. What is new
 * among the intervals that begin at `tellFrom` or later is told one by one.
 */
export async function writeObservations(tx: Tx, payloadId: string, knownAt: Date, placed: Placed[], tellFrom: Date | null = null): Promise<Written & { changed: Changed[] }> {
  if (placed.length === 0) return { inserted: 0, revised: 0, late: 0, changed: [] };
  const starts = placed.map(({ start }) => start.getTime());
  const [first, last] = [new Date(Math.min(...starts)), new Date(Math.max(...starts))];
  const ids = arrayText([...new Set(placed.map(({ seriesId }) => seriesId))]);
  const within = (table: string) => sql`${sql.ref(`${table}.series_id`)} = any (${ids}::int[]) and ${sql.ref(`${table}.starts_at`)} between ${first}::timestamptz and ${last}::timestamptz`;
  const { rows } = await sql<Written & { changed: Changed[] | null }>`
    with given as (
      select series_id, to_timestamp(start_seconds) as starts_at, to_timestamp(end_seconds) as ends_at, value,
        ((select enum_range(null::app.observation_quality)))[quality] as quality
      from unnest(${arrayText(placed.map(({ seriesId }) => seriesId))}::int[], ${arrayText(placed.map(({ start }) => start.getTime() / 1_000))}::float8[],
        ${arrayText(placed.map(({ end }) => end.getTime() / 1_000))}::float8[], ${arrayText(placed.map(({ value }) => value))}::float8[],
        ${arrayText(placed.map(({ quality }) => qualities.indexOf(quality) + 1))}::int[]) as given (series_id, start_seconds, end_seconds, value, quality)
    ), compared as (
      select given.*, old.known_at as old_known_at, old.ends_at as old_ends_at, old.value as old_value, old.quality as old_quality, old.payload_id as old_payload_id
      from given left join app.observations old on old.series_id = given.series_id and old.starts_at = given.starts_at
        and ${within("old")}
      where case when old.series_id is null then given.value is not null
        else (old.value, old.ends_at, old.quality) is distinct from (given.value, given.ends_at, given.quality) end
    ), kept as (
      insert into app.observation_revisions (series_id, starts_at, ends_at, value, quality, known_at, payload_id)
      select series_id, starts_at, old_ends_at, old_value, old_quality, old_known_at, old_payload_id from compared where old_known_at <= ${knownAt}
      union all
      select series_id, starts_at, ends_at, value, quality, ${knownAt}, ${payloadId}::bigint from compared where old_known_at > ${knownAt}
      on conflict do nothing
    ), written as (
      insert into app.observations (series_id, starts_at, ends_at, value, quality, known_at, payload_id)
      select series_id, starts_at, ends_at, value, quality, ${knownAt}, ${payloadId}::bigint from compared where old_known_at is null
    ), replaced as (
      update app.observations o set ends_at = c.ends_at, value = c.value, quality = c.quality, known_at = ${knownAt}, payload_id = ${payloadId}::bigint
      from compared c where c.old_known_at <= ${knownAt} and o.series_id = c.series_id and o.starts_at = c.starts_at and ${within("o")}
    ), noted as (
      update app.payloads set changed_at = clock_timestamp() where id = ${payloadId}::bigint and exists (select from compared)
    )
    select (count(*) filter (where old_known_at is null))::int as inserted, (count(*) filter (where old_known_at <= ${knownAt}))::int as revised,
      (count(*) filter (where old_known_at > ${knownAt}))::int as late,
      jsonb_agg(jsonb_build_array(series_id, extract(epoch from starts_at), old_known_at is not null))
        filter (where starts_at >= ${tellFrom}::timestamptz and coalesce(old_known_at <= ${knownAt}, true)) as changed
    from compared`.execute(tx);
  const { changed = null, ...counts } = rows[0] ?? { inserted: 0, revised: 0, late: 0 };
  return { ...counts, changed: changed ?? [] };
}

/** Numbers as the text of a Postgres array: drivers take several times as long, quoting each. */
function arrayText(numbers: (number | null)[]): string {
  return `{${numbers.map((number) => number ?? "NULL").join(",")}}`;
}

/** Those hours of these series that are kept ready, since something shorter was seen within them. */
export async function listKeptHours(tx: Tx, seriesIds: number[], { start, end }: Interval): Promise<{ seriesId: number; start: Date }[]> {
  const rows = await tx.selectFrom("app.rollups").select(["series_id", "starts_at"]).where("series_id", "in", seriesIds).where("period", "=", "hour")
    .where("starts_at", ">=", start).where("starts_at", "<", end).execute();
  return rows.map(({ series_id, starts_at }) => ({ seriesId: series_id, start: starts_at }));
}

/**
 * The rule of which observations count where some tell of an hour as a whole and others of what was seen within it: the whole
 * hour, where it has a value. For rows of `relation` (series_id, starts_at, ends_at, value).
 */
export function counts(relation: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`(ends_at - starts_at >= interval '1 hour' or (series_id, date_trunc('hour', starts_at, 'UTC')) not in (
    select series_id, starts_at from ${relation} where ends_at - starts_at >= interval '1 hour' and value is not null))`;
}

/**
 * Computes the rollups of these periods, in order of time, anew, for these series, from the observations that begin within each and count. Hours hold
 * those observations themselves too, packed as unpackMoments reads them; they stay where all values were taken back.
 */
export async function refreshRollups(tx: Tx, period: "hour" | "day", seriesIds: number[], buckets: Interval[]): Promise<void> {
  if (seriesIds.length === 0 || buckets.length === 0) return;
  const [from, to] = [new Date(Math.min(...buckets.map(({ start }) => start.getTime()))), new Date(Math.max(...buckets.map(({ end }) => end.getTime())))];
  const hours = period === "hour";
  const bucket = sql`(select ${buckets.map(({ start }) => start)}::timestamptz[] as starts, ${buckets.map(({ end }) => end)}::timestamptz[] as ends) as bucket`;
  // Days leave out what has no value before they add up.
  const daily = sql`sum(value * seconds) / sum(seconds) as mean, sum(seconds)::int as covered_seconds, max(quality) as quality, null::bytea as times, null::bytea as "values"`;
  const hourly = sql`
    sum(value * seconds) / nullif(sum(seconds) filter (where value is not null), 0) as mean, coalesce(sum(seconds) filter (where value is not null), 0)::int as covered_seconds,
    coalesce(max(quality) filter (where value is not null), max(quality)) as quality,
    int4send((extract(epoch from bucket_start) / 3600)::int) || int4send(count(*)::int) || string_agg(
      int4send(extract(epoch from starts_at - bucket_start)::int | ((array_position(enum_range(null::app.observation_quality), quality) - 1) << 12)
        | (least(seconds, 65535)::int << 15)), '' order by starts_at) as times,
    string_agg(float8send(coalesce(value, 'NaN')), '' order by starts_at) as "values"`;
  await sql`
    with placed as (
      select o.series_id, o.starts_at, o.ends_at, o.value, o.quality, date_part('epoch', o.ends_at - o.starts_at) as seconds,
        starts[width_bucket(o.starts_at, starts)] as bucket_start, ends[width_bucket(o.starts_at, starts)] as bucket_end
      from app.observations o cross join ${bucket}
      where o.series_id = any (${seriesIds}::int[]) and o.starts_at >= ${from} and o.starts_at < ${to} ${hours ? sql`` : sql`and o.value is not null`}
    ), rolled as (
      select series_id, bucket_start as starts_at, bucket_end as ends_at, min(value) as min, max(value) as max, sum(value) as total, ${hours ? hourly : daily}
      from placed where starts_at < bucket_end and ${counts(sql`placed`)} group by series_id, bucket_start, bucket_end
    ), gone as (
      delete from app.rollups r using ${bucket} where r.series_id = any (${seriesIds}::int[]) and r.period = ${period} and r.starts_at >= ${from} and r.starts_at < ${to}
        and r.starts_at = any (starts) and not exists (select from rolled where rolled.series_id = r.series_id and rolled.starts_at = r.starts_at)
    )
    insert into app.rollups (series_id, period, starts_at, ends_at, mean, min, max, total, covered_seconds, quality, times, "values")
    select series_id, ${period}, starts_at, ends_at, mean, min, max, total, covered_seconds, quality, times, "values" from rolled
    on conflict (series_id, period, starts_at) do update set ends_at = excluded.ends_at, mean = excluded.mean, min = excluded.min, max = excluded.max,
      total = excluded.total, covered_seconds = excluded.covered_seconds, quality = excluded.quality, times = excluded.times, "values" = excluded."values"`.execute(tx);
}

export interface Point {
  seriesId: number;
  start: Date;
  end: Date;
  value: number | null;
  quality: Quality;
}

/** Observations of series that begin in a range of time, in order; with `asOf` as they were known then. */
export async function listPoints(tx: Tx, seriesIds: number[], { start, end }: Interval, asOf: Date | null): Promise<Point[]> {
  const within = sql`series_id = any (${seriesIds}::int[]) and starts_at >= ${start} and starts_at < ${end}`;
  const columns = sql`series_id as "seriesId", starts_at as start, ends_at as "end", value, quality`;
  const { rows } = asOf === null
    ? await sql<Point>`select ${columns} from app.observations where ${within} order by series_id, starts_at`.execute(tx)
    : await sql<Point>`
        select distinct on (series_id, starts_at) ${columns} from (
          select * from app.observations where ${within} and known_at <= ${asOf}
          union all select * from app.observation_revisions where ${within} and known_at <= ${asOf}
        ) known order by series_id, starts_at, known_at desc`.execute(tx);
  return rows;
}

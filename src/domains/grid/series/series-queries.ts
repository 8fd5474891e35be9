import { sql, type RawBuilder } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";
import type { PackedMoments } from "./packed-moments.ts";
import type { PackedRows } from "./packed-rows.ts";
import type { Fuel, Metric, Quality, Region, Unit } from "#domains/grid/schema.ts";
import type { Approach } from "./series-plan.ts";
import { counts } from "#domains/grid/ingest/observation-queries.ts";

const hourMs = 3_600_000;

/** What a row of numbers is about. */
export interface SubjectRow {
  source: string;
  region: Region;
  metric: Metric;
  fuel: Fuel | null;
  item: string | null;
  unit: Unit;
}

/** A value with what it is about. */
export interface ValueRow extends SubjectRow {
  start: Date;
  end: Date;
  value: number | null;
  quality: Quality;
}

/** The columns of SubjectRow, of app.series as s. */
export const subjectColumns = sql`s.source, s.region, s.metric, s.fuel, s.item, s.unit`;

export interface SeriesRow {
  id: number;
  source: string;
  fuel: Fuel | null;
  item: string | null;
  unit: Unit;
}

/** The lines of numbers that are kept of a metric of a region. */
export async function listSeries(tx: Tx, region: Region, metric: Metric): Promise<SeriesRow[]> {
  const { rows } = await sql<SeriesRow>`
    select id, source, fuel, item, unit from app.series where region = ${region} and metric = ${metric} order by source, fuel, item`.execute(tx);
  return rows;
}

/** Whether any of these series has a value, whenever. */
export async function haveValues(tx: Tx, ids: number[]): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from unnest(${ids}::int[]) as member (id) cross join lateral (
      select from app.observations where series_id = member.id and value is not null order by starts_at desc limit 1
    ) newest) as found`.execute(tx);
  return rows[0]?.found ?? false;
}

/** Where the first value at or after an instant, and before another, begins; null for none. */
export async function findNextStart(tx: Tx, ids: number[], from: Date, to: Date): Promise<Date | null> {
  const { rows } = await sql<{ next: Date | null }>`
    select min(first.starts_at) as next from unnest(${ids}::int[]) as member (id) cross join lateral (
      select starts_at from app.observations where series_id = member.id and starts_at >= ${from} and starts_at < ${to} order by starts_at limit 1
    ) first`.execute(tx);
  return rows[0]?.next ?? null;
}

/** Something that changes whenever what these sources have said does: for each, when a document last changed something. */
export async function findVersion(tx: Tx, sources: readonly string[]): Promise<string> {
  const { rows } = await sql<{ version: string | null }>`
    select string_agg(concat_ws(' ', source, at), ',' order by source) as version from unnest(${sources}::text[]) as source
      cross join lateral (select max(changed_at) as at from app.payloads p where p.source = source.source) changed`.execute(tx);
  return rows[0]?.version ?? "";
}

export interface LineReading {
  /** The series of each line: one, or several that are added up. */
  lines: readonly (readonly number[])[];
  from: Date;
  to: Date;
  approach: Approach;
  /** Whether some of its intervals are an hour long and some shorter. */
  mixed: boolean;
  /** How long its intervals usually are, in minutes: only where some aren't are their ends sent. */
  usualMinutes: number;
  asOf: Date | null;
  /** Where a day of the source begins, in whatever year: parts of a sum are compared within days. */
  midnight: Date;
}

/** Reads the rows of lines over a range, packed; lines without any are left out. What a line has in common with the one before is sent once. */
export async function readRows(tx: Tx, reading: LineReading): Promise<PackedRows[]> {
  const kept = reading.approach.from !== "observations";
  const texts = (name: string) => (kept ? sql`string_agg(coalesce(${sql.ref(name)}::text, 'null'), ',')` : sql`null::text`);
  const { rows } = await sql<PackedRows>`
    select line, count, case when starts = lag(starts) over (order by line) then null else array_send(starts) end as starts, ends, "values", totals, lows, highs, seconds, qualities
    from (
      select line, count(*)::int as count, array_agg(starts_at) as starts,
        case when bool_and(ends_at = starts_at + make_interval(mins => ${reading.usualMinutes}::int)) then null else array_send(array_agg(ends_at)) end as ends,
        string_agg(coalesce(value::text, 'null'), ',') as "values", ${texts("total")} as totals, ${texts("low")} as lows, ${texts("high")} as highs,
        ${kept ? sql`case when min(seconds) = max(seconds) then min(seconds)::text else string_agg(seconds::text, ',') end` : sql`null::text`} as seconds,
        case when min(quality) = max(quality) then array[min(quality)] else array_agg(quality) end::text as qualities
      from (${rowsOf(reading)} order by 1, 2) as ordered group by line
    ) as packed order by line`.execute(tx);
  return rows;
}

/** Reads what began in a range as the hours hold it, and what else began in its first and last hour; lines without any are left out. */
export async function readMoments(tx: Tx, ids: readonly number[], from: Date, to: Date): Promise<PackedMoments[]> {
  const { rows } = await sql<PackedMoments>`
    select line, case when times = lag(times) over (order by line) then null else times end as times, "values"
    from unnest(${ids}::int[]) as line cross join lateral (
      select string_agg(times, '') as times, string_agg("values", '') as "values" from (
        select times, "values" from app.rollups
        where series_id = line and period = 'hour' and starts_at > ${from}::timestamptz - interval '1 hour' and starts_at < ${to}::timestamptz
        order by starts_at
      ) as hours
    ) as packed where "values" is not null order by line`.execute(tx);
  return rows;
}

/** Rows of line, starts_at, ends_at, value and quality, and of what is kept ready total, low, high and seconds too. A line is called by its first series. */
function rowsOf(reading: LineReading): RawBuilder<unknown> {
  const { approach, from, to, lines } = reading;
  if (approach.from === "observations") {
    if (lines.some((ids) => ids.length > 1)) return summedRows(reading);
    return sql`select series_id as line, starts_at, ends_at, value, quality from (${observed(reading)}) as observed`;
  }
  const ids = lines.flat();
  const kept = sql`
    select series_id as line, starts_at, ends_at, mean as value, total, min as low, max as high, covered_seconds as seconds, quality from app.rollups
    where series_id = any (${ids}::int[]) and period = ${approach.from === "days" ? "day" : "hour"} and starts_at >= ${from} and starts_at < ${to} and mean is not null`;
  if (approach.from !== "hours-and-longer") return kept;
  // What is told of an hour as a whole says more than what was seen within it.
  return sql`select * from (
    ${kept} and not exists (select from app.observations longer where longer.series_id = rollups.series_id and longer.starts_at = rollups.starts_at
      and longer.ends_at - longer.starts_at >= interval '1 hour' and longer.value is not null)
    union all
    select series_id, starts_at, ends_at, value, value, value, value, date_part('epoch', ends_at - starts_at)::int, quality from (${observed(reading)}) as longer
    where ends_at - starts_at >= interval '1 hour' and value is not null) as both_kinds`;
}

/**
 * What is known, or was: of two values published at once the one that is present. A row that began before the range may reach
 * into it: as a share of its first period it counts.
 */
function observed({ lines, from, to, asOf, mixed, approach: { as } }: LineReading): RawBuilder<unknown> {
  const start = as === "shares" ? new Date(from.getTime() - hourMs) : from;
  // The hour that counts before its minutes may begin before the first of them.
  const first = mixed ? new Date(Math.floor(start.getTime() / hourMs) * hourMs) : start;
  const within = sql`series_id = any (${lines.flat()}::int[]) and starts_at >= ${first}::timestamptz and starts_at < ${to}::timestamptz`;
  const known = asOf === null ? sql`select series_id, starts_at, ends_at, value, quality from app.observations where ${within}` : sql`
    select distinct on (series_id, starts_at) series_id, starts_at, ends_at, value, quality from (
      select series_id, starts_at, ends_at, value, quality, known_at, true as present from app.observations where ${within} and known_at <= ${asOf}
      union all select series_id, starts_at, ends_at, value, quality, known_at, false from app.observation_revisions where ${within} and known_at <= ${asOf}
    ) as versions order by series_id, starts_at, known_at desc, present desc`;
  return mixed ? sql`with known as (${known}) select * from known where starts_at >= ${start}::timestamptz and ${counts(sql`known`)}` : known;
}

/**
 * The sum of several series by interval. Where fewer of them have a value than in other intervals of the day, some are
 * missing, and what is added up is an estimate. An interval in which none has a value isn't there.
 */
function summedRows(reading: LineReading): RawBuilder<unknown> {
  const members = reading.lines.flatMap((ids) => ids.map((id) => ({ id, line: ids[0] ?? id })));
  return sql`
    select line, starts_at, ends_at, value,
      case when parts < max(parts) over (partition by line, date_bin('1 day', starts_at, ${reading.midnight}::timestamptz)) then greatest(quality, 'estimated') else quality end as quality
    from (
      select line, starts_at, ends_at, sum(value) as value, max(quality) as quality, count(*) as parts from (${observed(reading)}) as observed
        join unnest(${members.map(({ id }) => id)}::int[], ${members.map(({ line }) => line)}::int[]) as member (id, line) on member.id = series_id
      where value is not null group by line, starts_at, ends_at
    ) as added`;
}

import { sql, type RawBuilder } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";
import type { Fuel, Metric, Quality, Region, Unit } from "./schema.ts";
import type { Approach } from "./series-plan.ts";
import type { Periods } from "./zone-calendar.ts";

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
    select exists (select from app.observations where series_id = any (${ids}::int[]) and value is not null) as found`.execute(tx);
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

/**
 * Something that changes whenever what these sources have said does: for each the newest document that was read to its end,
 * and the newest that was begun.
 */
export async function findVersion(tx: Tx, sources: readonly string[]): Promise<string> {
  const { rows } = await sql<{ version: string | null }>`
    select string_agg(concat_ws(' ', source, done, begun), ',' order by source) as version from unnest(${sources}::text[]) as source
      cross join lateral (select max(completed_at) as done from app.payloads p where p.source = source.source) completed
      cross join lateral (select max(fetched_at) as begun from app.payloads p where p.source = source.source) fetched`.execute(tx);
  return rows[0]?.version ?? "";
}

/** How the values of an interval become those of a longer one. `power` is energy told as its mean power, in MW. */
export type Measure = "mean" | "sum" | "power" | "direction";

export interface LineReading {
  /** The series of each line: one, or several that are added up. */
  lines: readonly (readonly number[])[];
  approach: Approach;
  measure: Measure;
  periods: Periods;
  from: Date;
  to: Date;
  asOf: Date | null;
  /** What share of a period must have values for it not to be an estimate. */
  share: number;
  /** Where a day of the source begins, in whatever year: parts of a sum are compared within days. */
  midnight: Date;
}

/** Columns of a line, as text: Postgres writes them in one go, and JSON reads them in one. */
export interface PackedLine {
  line: number;
  count: number;
  first: string;
  /** Null where intervals follow each other without a gap. */
  starts: string | null;
  /** One where they are all alike, as with qualities. Seconds. */
  lengths: string;
  values: string;
  lows: string | null;
  highs: string | null;
  qualities: string;
}

/** Reads lines over a range, a row a line; lines without an interval in it are left out. */
export async function readLines(tx: Tx, reading: LineReading): Promise<PackedLine[]> {
  const ranges = reading.approach.as !== "rows" || reading.approach.from !== "observations";
  const { rows } = await sql<PackedLine>`
    select * from unnest(${reading.lines.map((ids) => `{${ids.join(",")}}`)}::text[]) with ordinality as member (ids, line) cross join lateral (
      select count(*)::int as count, min(start)::text as first,
        case when min(length) = max(length) and min(start % length) = max(start % length) and max(start) - min(start) = (count(*) - 1) * min(length) then null
          else array_agg(start)::text end as starts,
        case when min(length) = max(length) then array[min(length)] else array_agg(length) end::text as lengths,
        array_agg(value)::text as values, ${ranges ? sql`array_agg(low)::text` : sql`null`} as lows, ${ranges ? sql`array_agg(high)::text` : sql`null`} as highs,
        case when min(quality) = max(quality) then array[min(quality)] else array_agg(quality) end::text as qualities
      from (
        select date_part('epoch', starts_at)::int8 as start, date_part('epoch', ends_at - starts_at)::int8 as length, value, low, high, quality
        from (${intervalsOf(reading)}) intervals order by starts_at
      ) packed
    ) columns where count > 0`.execute(tx);
  return rows;
}

/** Rows of starts_at, ends_at, value, low, high, quality. */
function intervalsOf(reading: LineReading): RawBuilder<unknown> {
  const { approach: { as }, measure } = reading;
  const rows = rowsOf(reading);
  if (as === "rows") {
    const value = { mean: sql`value`, direction: sql`value`, sum: sql`total`, power: sql`total * 3600 / seconds` }[measure];
    return sql`select starts_at, ends_at, ${value} as value, low, high, ${judged(sql`quality`, sql`seconds`, reading)} as quality from (${rows}) as row`;
  }
  const value = {
    mean: sql`sum(value * seconds) / sum(seconds)`, sum: sql`sum(total)`, power: sql`sum(total) * 3600 / sum(seconds)`,
    direction: sql`mod((degrees(atan2(sum(sind(value) * seconds), sum(cosd(value) * seconds))) + 360)::numeric, 360)::float8`,
  }[measure];
  return sql`
    select starts_at, ends_at, value, low, high, ${judged(sql`quality`, sql`seconds`, reading)} as quality from (
      select starts_at, ends_at, ${value} as value, ${measure === "direction" ? sql`null::float8` : sql`min(low)`} as low,
        ${measure === "direction" ? sql`null::float8` : sql`max(high)`} as high, max(quality) as quality, sum(seconds) as seconds
      from (${placed(rows, reading)}) as placed group by 1, 2
    ) as period`;
}

/** An interval that isn't covered whole tells less than it seems to: its value is an estimate. */
function judged(quality: RawBuilder<unknown>, seconds: RawBuilder<unknown>, { approach, share }: LineReading): RawBuilder<unknown> {
  if (approach.from === "observations" && approach.as === "rows") return quality;
  return sql`case when ${seconds} < ${share}::float8 * date_part('epoch', ends_at - starts_at) then greatest(${quality}, 'estimated') else ${quality} end`;
}

/** Rows with the period that each begins in, or with its share of each period that it lies in. */
function placed(rows: RawBuilder<unknown>, { periods, approach: { as } }: LineReading): RawBuilder<unknown> {
  if (periods.kind === "equal") {
    const [step, origin] = [sql`make_interval(secs => ${periods.step / 1_000}::float8)`, sql`${new Date(periods.from)}::timestamptz`];
    if (as === "shares") {
      return sql`
        select period as starts_at, period + ${step} as ends_at, ${portion(sql`period`, sql`period + ${step}`)} from (${rows}) as row
          cross join lateral generate_series(date_bin(${step}, row.starts_at, ${origin}), row.ends_at - interval '1 microsecond', ${step}) period
        where row.value is not null and period >= ${origin} and period < ${new Date(periods.to)}::timestamptz`;
    }
    return sql`
      select date_bin(${step}, row.starts_at, ${origin}) as starts_at, date_bin(${step}, row.starts_at, ${origin}) + ${step} as ends_at,
        value, total, low, high, seconds, quality from (${rows}) as row where value is not null`;
  }
  const bounds = sql`(select ${`{${periods.bounds.map((bound) => new Date(bound).toISOString()).join(",")}}`}::timestamptz[] as all_of)`;
  if (as === "shares") {
    return sql`
      select bound.all_of[place] as starts_at, bound.all_of[place + 1] as ends_at, ${portion(sql`bound.all_of[place]`, sql`bound.all_of[place + 1]`)}
      from ${bounds} bound, (${rows}) as row cross join lateral generate_series(width_bucket(row.starts_at, bound.all_of),
        width_bucket(row.ends_at - interval '1 microsecond', bound.all_of)) place
      where row.value is not null and place between 1 and ${periods.bounds.length - 1}`;
  }
  return sql`
    select bound.all_of[place] as starts_at, bound.all_of[place + 1] as ends_at, value, total, low, high, seconds, quality
    from ${bounds} bound, (select *, width_bucket(starts_at, (select all_of from ${bounds} bound)) as place from (${rows}) as row where value is not null) as row
    where place between 1 and ${periods.bounds.length - 1}`;
}

/** Of a row what lies between two instants: that much of its time, and of its sum. */
function portion(start: RawBuilder<unknown>, end: RawBuilder<unknown>): RawBuilder<unknown> {
  const seconds = sql`date_part('epoch', least(row.ends_at, ${end}) - greatest(row.starts_at, ${start}))`;
  return sql`value, total * ${seconds} / seconds as total, low, high, ${seconds} as seconds, quality`;
}

/** Rows of starts_at, ends_at, value, total, low, high, seconds, quality of one line: `member.ids`. */
function rowsOf(reading: LineReading): RawBuilder<unknown> {
  const { approach, from, to } = reading;
  const summed = reading.lines.some((ids) => ids.length > 1);
  if (approach.from === "observations") return summed ? summedRows(reading) : observedRows(reading);
  const period = approach.from === "days" ? "day" : "hour";
  const kept = sql`
    select starts_at, ends_at, mean as value, total, min as low, max as high, covered_seconds::float8 as seconds, quality from app.rollups
    where series_id = (member.ids::int[])[1] and period = ${period} and starts_at >= ${from} and starts_at < ${to}`;
  if (approach.from !== "hours-and-longer") return kept;
  return sql`
    ${kept} union all
    select * from (${observedRows(reading)}) as longer where seconds >= 3600 and not exists (
      select from app.rollups r where r.series_id = (member.ids::int[])[1] and r.period = 'hour' and r.starts_at = longer.starts_at)`;
}

function observedRows(reading: LineReading): RawBuilder<unknown> {
  const low = reading.measure === "power" ? sql`value * 3600 / date_part('epoch', ends_at - starts_at)` : sql`value`;
  return sql`select starts_at, ends_at, value, value as total, ${low} as low, ${low} as high, date_part('epoch', ends_at - starts_at) as seconds, quality
    from (${observed(reading)}) as observed`;
}

/** What is known, or was. A row that began before the range may reach into it: as a share of its first period it counts. */
function observed({ from, to, asOf, approach: { as } }: LineReading): RawBuilder<unknown> {
  const start = as === "shares" ? new Date(from.getTime() - 3_600_000) : from;
  const within = sql`series_id = any (member.ids::int[]) and starts_at >= ${start}::timestamptz and starts_at < ${to}::timestamptz`;
  if (asOf === null) return sql`select series_id, starts_at, ends_at, value, quality from app.observations where ${within}`;
  return sql`
    select distinct on (series_id, starts_at) series_id, starts_at, ends_at, value, quality from (
      select series_id, starts_at, ends_at, value, quality, known_at from app.observations where ${within} and known_at <= ${asOf}
      union all select series_id, starts_at, ends_at, value, quality, known_at from app.observation_revisions where ${within} and known_at <= ${asOf}
    ) as known order by series_id, starts_at, known_at desc`;
}

/**
 * The sum of several series by interval. Where fewer of them have a value than in other intervals of the day, some are
 * missing, and what is added up is an estimate. An interval in which none has a value isn't there.
 */
function summedRows(reading: LineReading): RawBuilder<unknown> {
  const scale = reading.measure === "power" ? sql`* 3600 / date_part('epoch', ends_at - starts_at)` : sql``;
  return sql`
    select starts_at, ends_at, value, value as total, value ${scale} as low, value ${scale} as high, date_part('epoch', ends_at - starts_at) as seconds,
      case when parts < max(parts) over (partition by date_bin('1 day', starts_at, ${reading.midnight}::timestamptz)) then greatest(quality, 'estimated') else quality end as quality
    from (
      select starts_at, ends_at, sum(value) as value, max(quality) as quality, count(*) as parts from (${observed(reading)}) as observed
      where value is not null group by starts_at, ends_at
    ) as added`;
}

/** The quality that stands for a text of the database. */
export function isQuality(text: string): text is Quality {
  return ["measured", "preliminary", "estimated", "forecast", "sample"].includes(text);
}

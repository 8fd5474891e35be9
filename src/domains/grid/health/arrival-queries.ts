import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";

/** What is kept of some series over a range, counted. */
export interface ArrivalRow {
  source: string;
  /** Intervals, with a value or without. */
  intervals: number;
  /** Intervals that begin before the one before them of the same series has ended. */
  overlapping: number;
  /** Intervals that became known more than so many minutes after their end. */
  late: number;
  /** The longest time from an interval's end until it was known, in minutes; null without any. */
  longestMinutes: number | null;
  /** Intervals whose value was replaced at least once. */
  revised: number;
  /** The largest distance between the value that counts and the first that was told; null without any. */
  largestChange: number | null;
}

/** Counts by source how observations of these series came in; `lateMinutes` by source says from when on one is late. */
export async function countArrivals(tx: Tx, series: readonly { id: number; source: string }[], lateMinutes: ReadonlyMap<string, number>, from: Date, to: Date): Promise<ArrivalRow[]> {
  const ids = series.map(({ id }) => id);
  const sources = series.map(({ source }) => source);
  const late = sources.map((source) => lateMinutes.get(source) ?? 0);
  const { rows } = await sql<ArrivalRow>`
    with member as (select * from unnest(${ids}::int[], ${sources}::text[], ${late}::int[]) as m (id, source, late)),
    own as (
      select m.source, m.late, o.series_id, o.starts_at, o.ends_at, o.value, o.known_at, lag(o.ends_at) over (partition by o.series_id order by o.starts_at) as before
      from member m join app.observations o on o.series_id = m.id where o.starts_at >= ${from} and o.starts_at < ${to}
    ),
    first as (
      select distinct on (r.series_id, r.starts_at) r.series_id, r.starts_at, r.value
      from member m join app.observation_revisions r on r.series_id = m.id where r.starts_at >= ${from} and r.starts_at < ${to}
      order by r.series_id, r.starts_at, r.known_at
    )
    select own.source, count(*)::int as intervals, count(*) filter (where own.before > own.starts_at)::int as overlapping,
      count(*) filter (where own.known_at > own.ends_at + make_interval(mins => own.late))::int as late,
      (max(extract(epoch from own.known_at - own.ends_at)) / 60)::float8 as "longestMinutes",
      count(first.starts_at)::int as revised, max(abs(own.value - first.value))::float8 as "largestChange"
    from own left join first using (series_id, starts_at) group by own.source order by own.source`.execute(tx);
  return rows;
}

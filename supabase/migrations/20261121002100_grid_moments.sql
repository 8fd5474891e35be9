-- Hours of series with shorter intervals hold these themselves too, packed: a month of five minutes is then hundreds of rows
-- a series instead of thousands. Kept exact with the hour: whoever writes observations computes it anew.

alter table app.rollups
  -- The hour, in hours since 1970, and how many intervals begin in it (4 bytes each, as all that follows); then each of them:
  -- seconds into the hour | place of its quality << 12 | its length in seconds << 15.
  add column times bytea,
  -- Its values in the same order, 8 bytes each; NaN for null.
  add column "values" bytea;
-- Packed numbers don't become smaller by compression, and most hours are some hundred bytes.
alter table app.rollups alter column times set storage external, alter column "values" set storage external;

-- An hour in which all values were taken back is kept without a mean.
insert into app.rollups (series_id, period, starts_at, ends_at, mean, min, max, total, covered_seconds, quality, times, "values")
select o.series_id, 'hour', hour, hour + interval '1 hour',
  sum(value * seconds) / nullif(sum(seconds) filter (where value is not null), 0), min(value), max(value), sum(value),
  coalesce(sum(seconds) filter (where value is not null), 0)::int, coalesce(max(quality) filter (where value is not null), max(quality)),
  int4send((extract(epoch from hour) / 3600)::int) || int4send(count(*)::int) || string_agg(
    int4send((extract(epoch from starts_at - hour))::int | ((array_position(enum_range(null::app.observation_quality), quality) - 1) << 12) | (least(seconds, 65535)::int << 15)), '' order by starts_at),
  string_agg(float8send(coalesce(value, 'NaN')), '' order by starts_at)
from app.observations o
  cross join lateral (select date_trunc('hour', o.starts_at, 'UTC') as hour, date_part('epoch', o.ends_at - o.starts_at) as seconds) placed
where o.series_id in (select distinct series_id from app.rollups where period = 'hour')
group by o.series_id, hour having bool_or(seconds < 3600)
on conflict (series_id, period, starts_at) do update set times = excluded.times, "values" = excluded."values";

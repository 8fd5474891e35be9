-- The grid: what was observed, by whom, for which interval, and since when that is known.
-- The database knows UTC alone. Days of a zone are bounded by the application, whose time zone data is newer.

create type app.observation_quality as enum ('measured', 'preliminary', 'estimated', 'forecast', 'sample');

-- One line of numbers: a metric of a region from one source.
create table app.series (
  id int primary key generated always as identity,
  source text not null check (source ~ '^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)?$'),
  metric text not null check (metric ~ '^[a-z]+(-[a-z]+)*$'),
  -- ISO 3166-2, such as CA-ON.
  region text not null check (region ~ '^CA(-[A-Z]{2})?$'),
  fuel text check (fuel ~ '^[a-z]+(-[a-z]+)*$'),
  -- What the source names within the region: a generator, a zone, a border, a station.
  item text check (length(item) between 1 and 200),
  unit text not null,
  unique nulls not distinct (source, metric, region, fuel, item)
);
call app.protect('app.series');
create index series_subject on app.series (region, metric);
grant select on app.series to anon, authenticated;
create policy readable on app.series for select to anon, authenticated using (true);

-- A document as it was read: what an observation was taken from.
create table app.payloads (
  id bigint primary key generated always as identity,
  source text not null,
  -- Where it came from; of a file, its name.
  origin text not null check (length(origin) <= 2000),
  content_hash bytea not null check (octet_length(content_hash) = 32),
  bytes bigint not null,
  fetched_at timestamptz not null,
  -- When the source says that it wrote it.
  published_at timestamptz,
  observations int not null,
  unique (source, content_hash)
);
call app.protect('app.payloads');
create index payloads_fetched on app.payloads (source, fetched_at);
grant select on app.payloads to anon, authenticated;
create policy readable on app.payloads for select to anon, authenticated using (true);

-- The newest value of each interval.
create table app.observations (
  series_id int not null references app.series (id) on delete cascade,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  -- Null where the source has none: never 0.
  value float8 check (value between -1e15 and 1e15),
  quality app.observation_quality not null,
  -- Since when this has been known: when the source published it, else when it was fetched.
  known_at timestamptz not null,
  payload_id bigint not null references app.payloads (id),
  primary key (series_id, starts_at)
) partition by range (starts_at);
call app.protect('app.observations');

-- Values that later ones took the place of, for questions of what was known at a time.
create table app.observation_revisions (
  series_id int not null references app.series (id) on delete cascade,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  value float8,
  quality app.observation_quality not null,
  known_at timestamptz not null,
  payload_id bigint not null references app.payloads (id),
  primary key (series_id, starts_at, known_at)
) partition by range (starts_at);
call app.protect('app.observation_revisions');

-- Hours of series with shorter intervals, and days of the source's zone of all, kept exact by what writes observations.
create table app.rollups (
  series_id int not null references app.series (id) on delete cascade,
  period text not null check (period in ('hour', 'day')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- Weighted by how long each interval lasts; null without any value.
  mean float8,
  min float8,
  max float8,
  -- How long of the period has values.
  covered_seconds int not null,
  -- The least good one within.
  quality app.observation_quality not null,
  primary key (series_id, period, starts_at)
);
call app.protect('app.rollups');

-- A partition for each year, made before the first row of that year is written. A partition needs protection of its own.
create function app.ensure_observation_year(year int) returns void
  language plpgsql security definer set search_path = ''
  as $$
  declare
    parent text;
    part text;
  begin
    if year not between 1990 and 2100 then raise exception 'No observations of the year %', year; end if;
    foreach parent in array array['observations', 'observation_revisions'] loop
      part := format('app.%s_%s', parent, year);
      continue when to_regclass(part) is not null;
      perform pg_advisory_xact_lock(hashtextextended('observation partitions', 0));
      continue when to_regclass(part) is not null;
      execute format('create table %s partition of app.%s for values from (%L) to (%L)', part, parent,
        make_timestamptz(year, 1, 1, 0, 0, 0, 'UTC'), make_timestamptz(year + 1, 1, 1, 0, 0, 0, 'UTC'));
      call app.protect(part::regclass);
      execute format('grant select on %s to anon, authenticated', part);
      execute format('create policy readable on %s for select to anon, authenticated using (true)', part);
    end loop;
  end $$;
revoke all on function app.ensure_observation_year(int) from public;
grant execute on function app.ensure_observation_year(int) to service_role;

do $$
declare
  target regclass;
begin
  foreach target in array array['app.observations', 'app.observation_revisions', 'app.rollups']::regclass[] loop
    execute format('grant select on %s to anon, authenticated', target);
    execute format('create policy readable on %s for select to anon, authenticated using (true)', target);
  end loop;
end $$;

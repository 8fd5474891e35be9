-- Streams: what is new in the grid, as it comes. Their catalogue is the application's, which writes it at start.

create table app.streams (
  key text primary key check (key ~ '^[a-z]+(-[a-z]+)*$'),
  title text not null,
  -- Null for all of Canada.
  region text check (region ~ '^CA-[A-Z]{2}$'),
  source text not null,
  metrics text[] not null,
  -- What its lines are told apart by.
  dimension text check (dimension in ('fuel', 'item')),
  unit text not null,
  cadence_minutes int not null check (cadence_minutes > 0),
  -- Id of the newest event that has been deleted: who has not seen it has to read the history.
  purged_through bigint not null default 0
);
call app.protect('app.streams');

-- What a stream says: intervals that were new or revised. The ids follow the order of commits: what writes them holds a lock.
create table app.stream_events (
  id bigint primary key generated always as identity,
  stream text not null references app.streams (key) on delete cascade,
  series_id int not null references app.series (id) on delete cascade,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- Null where the source takes a value back.
  value float8,
  quality app.observation_quality not null,
  revision boolean not null,
  created_at timestamptz not null default clock_timestamp()
);
call app.protect('app.stream_events');
create index stream_events_stream on app.stream_events (stream, id);
create index stream_events_created on app.stream_events (created_at);

-- Until when a run counts as alive without a sign of it: of one whose process has died, another takes the place.
alter table app.ingest_runs add column alive_until timestamptz;
-- How far back a source's past has been fetched, and since when all of it that is to be had is here.
alter table app.source_states
  add column backfilled_from timestamptz,
  add column backfill_failures int not null default 0,
  add column backfilled_at timestamptz;

do $$
declare
  target regclass;
begin
  foreach target in array array['app.streams', 'app.stream_events']::regclass[] loop
    execute format('grant select on %s to anon, authenticated', target);
    execute format('create policy readable on %s for select to anon, authenticated using (true)', target);
  end loop;
end $$;

create view public.stream_manifest with (security_invoker = true) as
  select s.key, s.title, s.region, s.source, s.metrics, s.dimension, s.unit, s.cadence_minutes, coalesce(h.enabled, false) as enabled, h.data_until
  from app.streams s left join app.source_states h on h.source = s.source;
create view public.stream_health with (security_invoker = true) as
  select s.key, s.source, coalesce(h.enabled, false) as enabled, h.last_success_at, h.data_until, coalesce(h.failures, 0) as failures, h.last_error,
    newest.id as last_event_id, newest.created_at as last_event_at,
    (select count(*)::int from app.stream_events e where e.stream = s.key and e.created_at > now() - interval '1 hour') as events_last_hour
  from app.streams s left join app.source_states h on h.source = s.source
    left join lateral (select id, created_at from app.stream_events e where e.stream = s.key order by id desc limit 1) newest on true;
revoke all on public.stream_manifest, public.stream_health from public, anon, authenticated;
grant select on public.stream_manifest, public.stream_health to anon, authenticated, service_role;

-- An administrator may ask for a run before any worker has started.
select pgboss.create_queue('grid.ingest', '{"policy": "short", "retryLimit": 0}');
select pgboss.create_queue('grid.check', '{"policy": "short", "retryLimit": 0}');
select pgboss.create_queue('grid.backfill', '{"policy": "short", "retryLimit": 0}');

-- A partition for each year, as before; the tables that it refers to are locked first, in the order in which writers take
-- them: two sources that begin a year at once would otherwise wait for each other. To be called in a transaction of its own.
create or replace function app.ensure_observation_year(year int) returns void
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
      lock table app.series, app.payloads, app.observations, app.observation_revisions in share row exclusive mode;
      continue when to_regclass(part) is not null;
      execute format('create table %s partition of app.%s for values from (%L) to (%L)', part, parent,
        make_timestamptz(year, 1, 1, 0, 0, 0, 'UTC'), make_timestamptz(year + 1, 1, 1, 0, 0, 0, 'UTC'));
      call app.protect(part::regclass);
      execute format('grant select on %s to anon, authenticated', part);
      execute format('create policy readable on %s for select to anon, authenticated using (true)', part);
    end loop;
  end $$;

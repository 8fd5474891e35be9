-- How sources do: whether each is on, what its last runs gave, and what a conditional request needs of each document.

create table app.source_states (
  source text primary key check (source ~ '^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$'),
  -- Off until its own check has passed: a document was fetched and understood.
  enabled boolean not null default false,
  -- Whether somebody has decided; the check then leaves it alone.
  decided boolean not null default false,
  checked_at timestamptz,
  last_run_at timestamptz,
  last_success_at timestamptz,
  -- End of the newest interval with a value that isn't a forecast.
  data_until timestamptz,
  failures int not null default 0,
  last_error text
);
call app.protect('app.source_states');

create table app.source_documents (
  source text not null,
  url text not null check (length(url) <= 2000),
  etag text,
  last_modified text,
  content_hash bytea,
  fetched_at timestamptz not null,
  primary key (source, url)
);
call app.protect('app.source_documents');
create index source_documents_fetched on app.source_documents (fetched_at);

create table app.ingest_runs (
  id uuid primary key default app.uuid_v7(),
  source text not null,
  -- 'schedule', 'command', 'check'.
  cause text not null check (cause ~ '^[a-z]+$'),
  started_at timestamptz not null default now(),
  -- Null while it runs, and for good where the process died.
  ended_at timestamptz,
  outcome text check (outcome in ('ok', 'unchanged', 'failed', 'stopped')),
  documents int not null default 0,
  unchanged int not null default 0,
  missing int not null default 0,
  observations int not null default 0,
  inserted int not null default 0,
  revised int not null default 0,
  late int not null default 0,
  bytes bigint not null default 0,
  warnings text[] not null default '{}',
  error text
);
call app.protect('app.ingest_runs');
create index ingest_runs_source on app.ingest_runs (source, id);

do $$
declare
  target regclass;
begin
  foreach target in array array['app.source_states', 'app.ingest_runs']::regclass[] loop
    execute format('grant select on %s to anon, authenticated', target);
    execute format('create policy readable on %s for select to anon, authenticated using (true)', target);
  end loop;
end $$;

-- What a Supabase client may read.
create view public.source_health with (security_invoker = true) as
  select source, enabled, checked_at, last_run_at, last_success_at, data_until, failures, last_error from app.source_states;
create view public.edge_invocation_log with (security_invoker = true) as
  select id, source, cause, started_at, ended_at, outcome, documents, unchanged, missing, observations, inserted, revised, late, bytes, warnings, error
  from app.ingest_runs;
create view public.ontario_hourly_demand with (security_invoker = true) as
  select o.starts_at as hour_start, o.ends_at as hour_end,
    max(o.value) filter (where s.metric = 'demand') as ontario_demand_mw, max(o.value) filter (where s.metric = 'market-demand') as market_demand_mw,
    max(o.quality) as quality, max(o.known_at) as known_at
  from app.observations o join app.series s on s.id = o.series_id
  where s.source = 'ieso.demand' and s.metric in ('demand', 'market-demand') group by 1, 2;
revoke all on public.source_health, public.edge_invocation_log, public.ontario_hourly_demand from public, anon, authenticated;
grant select on public.source_health, public.edge_invocation_log, public.ontario_hourly_demand to anon, authenticated, service_role;

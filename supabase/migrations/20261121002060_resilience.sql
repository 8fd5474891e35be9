-- What is known of threats to the grid and of consultations about it: checked-in rows, each with its public sources.
-- `seeded_hash` names the checked-in content a row was written from; `search_text` is what a text filter looks in.

create table app.security_incidents (
  id text primary key check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null,
  kind text not null check (kind in ('cyber', 'physical', 'natural', 'operational')),
  -- The first and the last day; of a month or a year, where no more is known, its first and last.
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  -- As far as it is known: 2013-04-16, 2013-04 or 2013.
  started text not null check (started ~ '^\d{4}(-\d\d){0,2}$'),
  ended text check (ended ~ '^\d{4}(-\d\d){0,2}$'),
  -- ISO 3166: a country, or a province or state of it.
  regions text[] not null check (cardinality(regions) > 0),
  place text not null,
  summary text not null,
  consequence text not null,
  -- Power that was lost, and customers without power, at the most; null where no source states it.
  lost_mw float8 check (lost_mw >= 0),
  customers bigint check (customers >= 0),
  -- ATT&CK for ICS techniques that a source or the description names.
  techniques text[] not null,
  sources jsonb not null check (jsonb_typeof(sources) = 'array'),
  search_text text not null,
  seeded_hash text not null
);
create index security_incidents_when on app.security_incidents (starts_on, id);

create table app.threat_models (
  id text primary key check (id ~ '^T0\d{3}$'),
  name text not null,
  tactics text[] not null check (cardinality(tactics) > 0),
  meaning text not null,
  assets text[] not null,
  likelihood text not null check (likelihood in ('low', 'moderate', 'high')),
  impact text not null check (impact in ('low', 'moderate', 'high')),
  -- Why likelihood and impact are judged so.
  basis text not null,
  sources jsonb not null check (jsonb_typeof(sources) = 'array'),
  search_text text not null,
  seeded_hash text not null
);

create table app.mitigation_strategies (
  id text primary key check (id ~ '^(M[0-9]{4}|CIP-\d{3})$'),
  standard text not null check (standard in ('attack-ics', 'nerc-cip')),
  name text not null,
  summary text not null,
  -- What the standard's requirements are about; empty for ATT&CK's.
  topics text[] not null,
  techniques text[] not null,
  -- Strategies of the other standard that serve the same end.
  related text[] not null,
  sources jsonb not null check (jsonb_typeof(sources) = 'array'),
  search_text text not null,
  seeded_hash text not null
);

create table app.consultation_events (
  id text primary key check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null,
  body text not null,
  regions text[] not null check (cardinality(regions) > 0),
  opens_on date not null,
  closes_on date not null check (closes_on >= opens_on),
  opens text not null check (opens ~ '^\d{4}(-\d\d){0,2}$'),
  closes text not null check (closes ~ '^\d{4}(-\d\d){0,2}$'),
  summary text not null,
  outcome text,
  url text not null check (url ~ '^https://'),
  -- What a public source says of Indigenous peoples' part or authority in it; null where none does.
  indigenous_governance text,
  sources jsonb not null check (jsonb_typeof(sources) = 'array'),
  search_text text not null,
  seeded_hash text not null
);
create index consultation_events_when on app.consultation_events (opens_on, id);

do $$
declare
  target regclass;
begin
  foreach target in array array['app.security_incidents', 'app.threat_models', 'app.mitigation_strategies', 'app.consultation_events']::regclass[] loop
    call app.protect(target);
    execute format('grant select on %s to anon, authenticated', target);
    execute format('create policy readable on %s for select to anon, authenticated using (true)', target);
  end loop;
end $$;

-- What a Supabase client may read.
create view public.security_incidents with (security_invoker = true) as
  select id, title, kind, started, ended, starts_on, ends_on, regions, place, summary, consequence, lost_mw, customers, techniques, sources
  from app.security_incidents;
create view public.threat_models with (security_invoker = true) as
  select id, name, tactics, meaning, assets, likelihood, impact, basis, sources from app.threat_models;
create view public.mitigation_strategies with (security_invoker = true) as
  select id, standard, name, summary, topics, techniques, related, sources from app.mitigation_strategies;
create view public.consultation_events with (security_invoker = true) as
  select id, title, body, regions, opens, closes, opens_on, closes_on, summary, outcome, url, indigenous_governance, sources
  from app.consultation_events;
revoke all on public.security_incidents, public.threat_models, public.mitigation_strategies, public.consultation_events from public, anon, authenticated;
grant select on public.security_incidents, public.threat_models, public.mitigation_strategies, public.consultation_events to anon, authenticated, service_role;

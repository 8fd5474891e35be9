-- What an observation names is looked up by key, however few series there were when the session first planned it: a plan made
-- then reads all series for each. And a year's partition is looked for in the catalogue.

alter function app.check_observed() set enable_seqscan = off;

create or replace function app.ensure_observation_year(year int) returns void
  language plpgsql security definer set search_path = ''
  as $$
  declare
    parent text;
    part text;
  begin
    if year not between 1990 and 2100 then raise exception 'No observations of the year %', year; end if;
    foreach parent in array array['observations', 'observation_revisions'] loop
      part := format('%s_%s', parent, year);
      continue when exists (select from pg_catalog.pg_class where relname = part and relnamespace = 'app'::regnamespace);
      perform pg_advisory_xact_lock(hashtextextended('observation partitions', 0));
      -- A look at the table, not to_regclass(): what that remembers may be older than the lock.
      continue when exists (select from pg_catalog.pg_class where relname = part and relnamespace = 'app'::regnamespace);
      execute format('create table app.%I partition of app.%I for values from (%L) to (%L)', part, parent,
        make_timestamptz(year, 1, 1, 0, 0, 0, 'UTC'), make_timestamptz(year + 1, 1, 1, 0, 0, 0, 'UTC'));
      call app.protect(('app.' || part)::regclass);
      execute format('grant select on app.%I to anon, authenticated', part);
      execute format('create policy readable on app.%I for select to anon, authenticated using (true)', part);
    end loop;
  end $$;

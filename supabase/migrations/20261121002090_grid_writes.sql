-- What an observation names is checked once a statement, not row by row: that took most of the time of writing one. A
-- document says when it last changed something; one that changed nothing is named by nothing, and may be forgotten.

-- Those that are here already count as having changed something: a default fills them in whoever applies this.
alter table app.payloads add column changed_at timestamptz default now();
alter table app.payloads alter column changed_at drop default;
create index payloads_changed on app.payloads (source, changed_at);

alter table app.observations drop constraint observations_series_id_fkey, drop constraint observations_payload_id_fkey;
alter table app.observation_revisions drop constraint observation_revisions_series_id_fkey, drop constraint observation_revisions_payload_id_fkey;

create function app.check_observed() returns trigger
  language plpgsql set search_path = ''
  as $$
  begin
    if exists (select from (select distinct series_id from written) w left join app.series s on s.id = w.series_id where s.id is null) then
      raise foreign_key_violation using message = 'An observation names a series that there isn''t';
    end if;
    if exists (select from (select distinct payload_id from written) w left join app.payloads p on p.id = w.payload_id where p.changed_at is null) then
      raise foreign_key_violation using message = 'An observation names a document that there isn''t, or that doesn''t say that it changed something';
    end if;
    return null;
  end $$;
revoke all on function app.check_observed() from public;
create trigger inserted after insert on app.observations referencing new table as written for each statement execute function app.check_observed();
create trigger updated after update on app.observations referencing new table as written for each statement execute function app.check_observed();
create trigger inserted after insert on app.observation_revisions referencing new table as written for each statement execute function app.check_observed();
create trigger updated after update on app.observation_revisions referencing new table as written for each statement execute function app.check_observed();

create function app.check_forgotten() returns trigger
  language plpgsql set search_path = ''
  as $$
  begin
    if exists (select from gone where changed_at is not null) then
      raise foreign_key_violation using message = 'A document that changed something is named by observations';
    end if;
    return null;
  end $$;
revoke all on function app.check_forgotten() from public;
create trigger deleted after delete on app.payloads referencing old table as gone for each statement execute function app.check_forgotten();

create function app.forget_series() returns trigger
  language plpgsql set search_path = ''
  as $$
  begin
    delete from app.observations where series_id in (select id from gone);
    delete from app.observation_revisions where series_id in (select id from gone);
    return null;
  end $$;
revoke all on function app.forget_series() from public;
create trigger deleted after delete on app.series referencing old table as gone for each statement execute function app.forget_series();

-- A partition for each year, as before. Writers hold a lock together that this takes alone: they would otherwise wait for each
-- other, one holding what the other needs next. To be called in a transaction of its own.
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
      perform pg_advisory_xact_lock(hashtextextended('observation partitions', 0));
      -- Only the lock of a table lets this session see what others have made meanwhile.
      lock table app.observation_revisions in access share mode;
      continue when to_regclass(part) is not null;
      execute format('create table %s partition of app.%s for values from (%L) to (%L)', part, parent,
        make_timestamptz(year, 1, 1, 0, 0, 0, 'UTC'), make_timestamptz(year + 1, 1, 1, 0, 0, 0, 'UTC'));
      call app.protect(part::regclass);
      execute format('grant select on %s to anon, authenticated', part);
      execute format('create policy readable on %s for select to anon, authenticated using (true)', part);
    end loop;
  end $$;

-- Roles, the private schema, and the rules that every later migration builds on.
-- Forward-only. Each statement is harmless where its object exists already, as on a Supabase project.

create schema if not exists extensions;
do $$
begin
  if not exists (select from pg_extension where extname = 'vector') then create extension vector with schema extensions; end if;
  if not exists (select from pg_extension where extname = 'pg_trgm') then create extension pg_trgm with schema extensions; end if;
end $$;

do $$
declare
  wanted text;
begin
  foreach wanted in array array['anon', 'authenticated', 'service_role', 'tieline_app'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I nologin noinherit', wanted);
    end if;
  end loop;
end $$;
-- The resting role: it owns nothing and inherits nothing; a unit of work steps from it into one of these three.
grant anon, authenticated, service_role to tieline_app;

revoke all on schema public from public;
grant usage on schema public to anon, authenticated, service_role;

create schema app;
revoke all on schema app from public;
grant usage on schema app to anon, authenticated, service_role;

-- Claims of the current unit of work. A local setting reads '' once its transaction has ended, hence nullif.
create function app.claims() returns jsonb
  language sql stable parallel safe
  as $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;

create function app.tenant_id() returns uuid
  language sql stable parallel safe
  as $$ select nullif(app.claims() ->> 'tenant_id', '')::uuid $$;

create function app.user_id() returns uuid
  language sql stable parallel safe
  as $$ select nullif(app.claims() ->> 'sub', '')::uuid $$;

-- RFC 9562 version 7: 48 bits of milliseconds, then random bits.
create function app.uuid_v7() returns uuid
  language sql volatile parallel safe
  as $$
    select encode(
      set_bit(set_bit(
        overlay(uuid_send(gen_random_uuid())
          placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
        52, 1), 53, 1),
      'hex')::uuid
  $$;

-- Every table, each partition included, goes through here: forced row security, nothing for PUBLIC, all rows for the
-- service role. What anon and authenticated may do is granted and policed table by table.
create procedure app.protect(target regclass)
  language plpgsql
  as $$
  begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('revoke all on %s from public, anon, authenticated', target);
    execute format('grant select, insert, update, delete on %s to service_role', target);
    execute format('create policy service on %s to service_role using (true) with check (true)', target);
  end $$;

revoke all on all functions in schema app from public;
revoke all on all procedures in schema app from public;
grant execute on function app.claims(), app.tenant_id(), app.user_id(), app.uuid_v7() to anon, authenticated, service_role;

create table app.audit_log (
  id uuid primary key default app.uuid_v7(),
  at timestamptz not null default now(),
  tenant_id uuid,
  actor_role text not null,
  actor_id text,
  action text not null check (action ~ '^[a-z_]+\.[a-z_]+$'),
  target text not null,
  before jsonb,
  after jsonb,
  request_id uuid
);
call app.protect('app.audit_log');
create index audit_log_tenant on app.audit_log (tenant_id, id);

-- Who acts is read from the unit of work, so that a caller can't name somebody else.
create function app.audit(action text, target text, before jsonb, after jsonb, request_id uuid) returns void
  language sql volatile security definer set search_path = ''
  as $$
    insert into app.audit_log (tenant_id, actor_role, actor_id, action, target, before, after, request_id)
    values (app.tenant_id(), coalesce(app.claims() ->> 'role', 'unknown'), app.claims() ->> 'sub', $1, $2, $3, $4, $5)
  $$;
revoke all on function app.audit(text, text, jsonb, jsonb, uuid) from public;
grant execute on function app.audit(text, text, jsonb, jsonb, uuid) to authenticated, service_role;
-- Definer functions run as this migration's role, which forced row security holds to its policies as well.
create policy written_by_audit on app.audit_log for insert to current_user with check (true);

-- Versions that have been applied, for the readiness check: the ledger itself is closed to the application.
create function app.applied_migrations() returns setof text
  language sql stable security definer set search_path = ''
  as $$ select version from supabase_migrations.schema_migrations $$;
revoke all on function app.applied_migrations() from public;
grant execute on function app.applied_migrations() to service_role;

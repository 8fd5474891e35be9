-- Organisations are the tenants. User ids are those of the auth plane.

create table app.organisations (
  id uuid primary key default app.uuid_v7(),
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null default now()
);
call app.protect('app.organisations');

create table app.memberships (
  tenant_id uuid not null references app.organisations (id) on delete cascade,
  user_id uuid not null,
  role text not null check (role in ('owner', 'member')),
  created_at timestamptz not null default now(),
  primary key (tenant_id, user_id)
);
call app.protect('app.memberships');
create index memberships_user on app.memberships (user_id, created_at);

grant select on app.organisations, app.memberships to authenticated;
create policy own on app.organisations for select to authenticated using (id = (select app.tenant_id()));
create policy own on app.memberships for select to authenticated
  using (tenant_id = (select app.tenant_id()) or user_id = (select app.user_id()));

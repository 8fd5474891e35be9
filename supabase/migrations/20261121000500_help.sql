create table app.help_entries (
  id text primary key check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null,
  short text not null,
  topic text not null,
  tags text[] not null,
  sources jsonb not null,
  body text not null,
  status text not null default 'published' check (status in ('published', 'unpublished')),
  content_hash text not null,
  -- Hash of the checked-in text this entry was last seeded from. An entry whose content differs was edited by a
  -- person and is left alone by the seed.
  seeded_hash text,
  updated_at timestamptz not null default now()
);
call app.protect('app.help_entries');
grant select on app.help_entries to anon, authenticated;
create policy published on app.help_entries for select to anon, authenticated using (status = 'published');

create table app.help_feedback (
  id uuid primary key default app.uuid_v7(),
  entry_id text not null references app.help_entries (id) on delete cascade,
  tenant_id uuid references app.organisations (id) on delete set null,
  rating smallint not null check (rating between 1 and 5),
  comment text check (length(comment) <= 2000),
  created_at timestamptz not null default now()
);
call app.protect('app.help_feedback');
create index help_feedback_entry on app.help_feedback (entry_id, created_at);
create index help_feedback_tenant on app.help_feedback (tenant_id);
-- Anyone may leave feedback; nobody but the service role reads it.
grant insert on app.help_feedback to anon, authenticated;
create policy leave on app.help_feedback for insert to anon, authenticated
  with check (tenant_id is not distinct from (select app.tenant_id()));

-- What a Supabase client may read: published help, under the reader's own rights.
create view public.help_entries with (security_invoker = true) as
  select id, title, short, topic, tags, sources, body, updated_at from app.help_entries;
revoke all on public.help_entries from public, anon, authenticated;
grant select on public.help_entries to anon, authenticated, service_role;

-- Documents and their passages. A document without tenant_id is public.

create table app.documents (
  id uuid primary key default app.uuid_v7(),
  tenant_id uuid references app.organisations (id) on delete cascade,
  -- Where it comes from ('help') and its id there.
  source text not null,
  source_id text not null,
  title text not null,
  url text not null,
  content_hash text not null,
  chunk_count int not null,
  updated_at timestamptz not null default now(),
  unique nulls not distinct (tenant_id, source, source_id)
);
call app.protect('app.documents');

create table app.chunks (
  id bigint generated always as identity primary key,
  document_id uuid not null references app.documents (id) on delete cascade,
  tenant_id uuid references app.organisations (id) on delete cascade,
  position int not null,
  -- Titles of the sections around the passage, outermost first; '' for the opening of a document.
  heading_path text not null,
  -- Fragment of the section in the document's page, '' for its opening.
  anchor text not null,
  content text not null,
  -- Character offsets of content in the document.
  start_offset int not null,
  end_offset int not null,
  search tsvector not null,
  -- Stems of the document's title, on its opening alone: a question that holds them all asks what the thing is.
  title_stems text[],
  unique (document_id, position)
);
call app.protect('app.chunks');
create index chunks_tenant on app.chunks (tenant_id);
-- Row security keeps the search off a GIN index (@@ is not leakproof): every visible row is read. Kept in their pages
-- instead of the TOAST table, 10,000 rows take half the time.
alter table app.chunks set (toast_tuple_target = 8160);

grant select on app.documents, app.chunks to anon, authenticated;
grant insert, update, delete on app.documents, app.chunks to authenticated;
do $$
declare
  target regclass;
begin
  foreach target in array array['app.documents', 'app.chunks']::regclass[] loop
    execute format('create policy public_read on %s for select to anon, authenticated using (tenant_id is null)', target);
    execute format('create policy own on %s to authenticated using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()))', target);
  end loop;
end $$;
-- A foreign key doesn't ask whose document it is.
create policy of_own_document on app.chunks as restrictive to authenticated using (true)
  with check (exists (select from app.documents document where document.id = document_id and document.tenant_id = chunks.tenant_id));

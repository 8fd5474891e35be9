-- Datasets under the governance of the community that they are about: without a row here a dataset isn't governed.
create table app.llm_governed_datasets (
  -- As calls name their data: for values of the grid, the source's id.
  id text primary key check (length(id) between 1 and 200),
  -- The community or nation whose decision each use is; null where it isn't known, and then no use is consented to.
  steward text check (length(steward) between 1 and 200),
  tags text[] not null check (cardinality(tags) >= 1 and tags <@ array['ocap', 'indigenous-governed']),
  -- Why it is governed, and who says so.
  reason text not null check (length(reason) between 1 and 1000),
  updated_at timestamptz not null default now()
);
call app.protect('app.llm_governed_datasets');

-- Decisions of communities on the use of data about them (OCAP): what is under their governance reaches a model only with one.
create table app.llm_consents (
  id uuid primary key,
  -- The community or nation whose decision it is.
  steward text not null check (length(steward) between 1 and 200),
  datasets text[] not null check (cardinality(datasets) between 1 and 100),
  purposes text[] not null check (cardinality(purposes) >= 1 and purposes <@ array['display', 'analysis', 'model_input', 'export']),
  valid_from timestamptz not null,
  valid_until timestamptz check (valid_until > valid_from),
  withdrawn_at timestamptz,
  -- Where the decision is on paper: a resolution's number, a letter.
  evidence text not null check (length(evidence) between 1 and 1000),
  created_at timestamptz not null default now()
);
call app.protect('app.llm_consents');
create index llm_consents_datasets on app.llm_consents using gin (datasets);

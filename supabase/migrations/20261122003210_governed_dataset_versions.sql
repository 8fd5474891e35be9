-- Two administrators who change one dataset meet, instead of the second one's words replacing the first one's unseen.
alter table app.llm_governed_datasets
  add column version integer not null default 1,
  add column governed_since timestamptz not null default now();
update app.llm_governed_datasets set governed_since = updated_at;

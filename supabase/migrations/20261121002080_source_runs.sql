-- How each of the last hours went, of all sources at once.

create index ingest_runs_started on app.ingest_runs (started_at);

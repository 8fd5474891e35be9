-- Answers about the grid name their version by what each source has said last: the newest document read to its end.
create index payloads_completed on app.payloads (source, completed_at);

-- From when on a source's past is fetched once more, since nobody asked it for a while; null where its usual past is.
alter table app.source_states add column gap_from timestamptz;

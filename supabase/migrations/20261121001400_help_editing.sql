-- Help entries are edited by people: every text that was ever saved is kept, one of them is what readers see.

alter table app.help_entries
  -- The number of the newest revision, and of the one that readers see (null before the first publication).
  add column revision int not null default 0,
  add column published_revision int,
  drop constraint help_entries_status_check,
  -- A deleted entry can be restored.
  add constraint help_entries_status_check check (status in ('published', 'unpublished', 'deleted'));

create table app.help_revisions (
  entry_id text not null references app.help_entries (id) on delete cascade,
  revision int not null check (revision > 0),
  -- Front matter and body, as app.help_entries has them.
  content jsonb not null,
  created_at timestamptz not null default now(),
  -- 'seed' for checked-in text, else the administrator's id and name at that time.
  author_id text not null,
  author_name text not null,
  -- What the author says about the change.
  note text not null default '' check (length(note) <= 300),
  primary key (entry_id, revision)
);
call app.protect('app.help_revisions');

-- What was there before is revision 1.
insert into app.help_revisions (entry_id, revision, content, created_at, author_id, author_name)
select id, 1, jsonb_build_object('title', title, 'short', short, 'topic', topic, 'tags', tags, 'language', language,
  'translates', translates, 'questions', questions, 'sources', sources, 'body', body), updated_at, 'seed', 'Checked-in text'
from app.help_entries;
update app.help_entries set revision = 1, published_revision = case when status = 'published' then 1 end;

-- The inbox: what has been read and dealt with.
alter table app.help_feedback add column handled_at timestamptz;
create index help_feedback_inbox on app.help_feedback (id) where handled_at is null;

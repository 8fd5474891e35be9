-- Help in two languages, and the questions that an entry answers in its readers' own words.
alter table app.help_entries
  add column language text not null default 'en' check (language in ('en', 'fr')),
  -- Id of the entry that this one says in another language.
  add column translates text,
  add column questions text[] not null default '{}';

create or replace view public.help_entries with (security_invoker = true) as
  select id, title, short, topic, tags, sources, body, updated_at, language, translates, questions from app.help_entries;

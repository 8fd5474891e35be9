-- Outgoing mail: written in the transaction that causes it, sent by a job, kept for a while.

create table app.mail (
  id uuid primary key default app.uuid_v7(),
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  recipient text not null check (length(recipient) between 3 and 320),
  subject text not null check (length(subject) <= 200),
  body text not null check (length(body) <= 20000),
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  attempts int not null default 0,
  last_error text
);
call app.protect('app.mail');
create index mail_unsent on app.mail (id) where sent_at is null;

create function app.post_mail(kind text, recipient text, subject text, body text) returns uuid
  language sql volatile security definer set search_path = ''
  as $$ insert into app.mail (kind, recipient, subject, body) values ($1, $2, $3, $4) returning id $$;
revoke all on function app.post_mail(text, text, text, text) from public;
grant execute on function app.post_mail(text, text, text, text) to authenticated, service_role;
-- `returning` reads what was written.
create policy written_by_post_mail on app.mail to current_user using (true) with check (true);

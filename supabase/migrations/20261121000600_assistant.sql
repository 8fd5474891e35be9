-- Answers are kept so that feedback can be tied to them; assistant.purge deletes them after their retention.

create table app.answers (
  id uuid primary key,
  tenant_id uuid references app.organisations (id) on delete cascade,
  question text not null,
  answer text not null,
  mode text not null check (mode in ('generated', 'extractive', 'abstained')),
  partial boolean not null,
  citations jsonb not null,
  model text,
  input_tokens int,
  output_tokens int,
  trace_id text not null,
  duration_ms int not null,
  created_at timestamptz not null default now()
);
call app.protect('app.answers');
create index answers_tenant on app.answers (tenant_id, id);
create index answers_created on app.answers (created_at);
grant insert on app.answers to anon, authenticated;
grant select on app.answers to authenticated;
create policy keep on app.answers for insert to anon, authenticated
  with check (tenant_id is not distinct from (select app.tenant_id()));
create policy own on app.answers for select to authenticated using (tenant_id = (select app.tenant_id()));

create table app.answer_feedback (
  id uuid primary key default app.uuid_v7(),
  answer_id uuid not null references app.answers (id) on delete cascade,
  tenant_id uuid references app.organisations (id) on delete cascade,
  helpful boolean not null,
  comment text check (length(comment) <= 2000),
  created_at timestamptz not null default now()
);
call app.protect('app.answer_feedback');
create index answer_feedback_answer on app.answer_feedback (answer_id, created_at);
create index answer_feedback_tenant on app.answer_feedback (tenant_id);

-- Feedback on one of the caller's own answers (a visitor's have no tenant). Answers false when there is no such answer,
-- whether it never was or belongs to somebody else.
create function app.give_answer_feedback(answer_id uuid, helpful boolean, comment text) returns boolean
  language plpgsql volatile security definer set search_path = ''
  as $$
  begin
    insert into app.answer_feedback (answer_id, tenant_id, helpful, comment)
    select a.id, a.tenant_id, $2, $3 from app.answers a
    where a.id = $1 and a.tenant_id is not distinct from app.tenant_id();
    return found;
  end $$;
revoke all on function app.give_answer_feedback(uuid, boolean, text) from public;
grant execute on function app.give_answer_feedback(uuid, boolean, text) to anon, authenticated;
create policy read_by_feedback on app.answers for select to current_user using (true);
create policy written_by_feedback on app.answer_feedback for insert to current_user with check (true);

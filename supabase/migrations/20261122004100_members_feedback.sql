-- What a member said of a model's answer stayed with their id after their account was deleted, and a comment on an answer outlived it.

-- What a user called and said outside of any organisation goes with their account. What they said as a member stays the organisation's, of nobody.
create or replace function app.forget_calls() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
  begin
    delete from app.llm_call_log where principal_kind = 'user' and principal_id = old.id::text;
    delete from app.llm_feedback where principal_kind = 'user' and principal_id = old.id::text;
    update app.llm_feedback set principal_id = null where principal_kind = 'member' and principal_id = old.id::text;
    return null;
  end $$;
create policy unnamed_with_users on app.llm_feedback for update to current_user using (principal_kind = 'member') with check (principal_id is null);

drop index app.llm_feedback_principal;
create index llm_feedback_principal on app.llm_feedback (principal_id) where principal_kind in ('user', 'member');

-- A comment on an answer stays with the answer.
update app.llm_feedback said set comment = null
  from app.answers answer join app.answer_feedback given on given.answer_id = answer.id
  where answer.call_id = said.call_id and given.comment = said.comment;

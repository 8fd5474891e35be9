-- Which call of a model an answer is from, so that what is said of the answer is said of the call, too.

-- The call's row may be gone before the answer is.
alter table app.answers add column call_id uuid;

-- Feedback on one of the caller's own answers (a visitor's have no tenant). Answers the call that it is from, null where no model was
-- asked; no row when there is no such answer, whether it never was or belongs to somebody else.
drop function app.give_answer_feedback(uuid, boolean, text);
create function app.give_answer_feedback(answer_id uuid, helpful boolean, comment text) returns setof uuid
  language sql volatile security definer set search_path = ''
  as $$
    with own as (select a.id, a.tenant_id, a.call_id from app.answers a where a.id = $1 and a.tenant_id is not distinct from app.tenant_id()),
      given as (insert into app.answer_feedback (answer_id, tenant_id, helpful, comment) select own.id, own.tenant_id, $2, $3 from own)
    select own.call_id from own
  $$;
revoke all on function app.give_answer_feedback(uuid, boolean, text) from public;
grant execute on function app.give_answer_feedback(uuid, boolean, text) to anon, authenticated;

-- Owners take all of their organisation's data with them: ratings that were left in it are part of that.

grant select on app.answer_feedback, app.help_feedback to authenticated;
create policy owners_read on app.answer_feedback for select to authenticated
  using (tenant_id = (select app.tenant_id()) and (select app.is_owner()));
create policy owners_read on app.help_feedback for select to authenticated
  using (tenant_id = (select app.tenant_id()) and (select app.is_owner()));

-- A term's postings go with it. Where an owner deletes their organisation, its corpus is gone before the trigger on passages
-- runs, and row security then hides the corpus's postings from that owner.
create function app.forget_terms() returns trigger
  language plpgsql security definer set search_path = '' set enable_hashjoin = off set enable_mergejoin = off
  as $$
  begin
    delete from app.postings posting using gone_terms gone where posting.term_id = gone.id;
    return null;
  end $$;
revoke all on function app.forget_terms() from public;
create trigger forget after delete on app.terms
  referencing old table as gone_terms for each statement execute function app.forget_terms();
create policy forgotten_with_terms on app.postings to current_user using (true);

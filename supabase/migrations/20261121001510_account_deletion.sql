-- A user leaves: their memberships go, and with them the organisations that nobody else belongs to. Being the last owner
-- of one that others belong to is refused by app.keep_an_owner (TL001). The login is deleted by a job afterwards.
create function app.delete_account() returns void
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    me uuid := app.user_id();
  begin
    -- Whoever is joining one of them at this moment is waited for.
    perform from app.organisations o
      where o.id in (select m.tenant_id from app.memberships m where m.user_id = me) order by o.id for update;
    delete from app.organisations o
      where exists (select from app.memberships m where m.tenant_id = o.id and m.user_id = me)
        and not exists (select from app.memberships m where m.tenant_id = o.id and m.user_id <> me);
    delete from app.memberships m where m.user_id = me;
    delete from app.users u where u.id = me;
  end $$;
revoke all on function app.delete_account() from public;
grant execute on function app.delete_account() to authenticated;
create policy locked_by_functions on app.organisations for update to current_user using (true);
create policy deleted_by_functions on app.organisations for delete to current_user using (true);
create policy deleted_by_functions on app.memberships for delete to current_user using (true);
create policy read_by_functions on app.users for select to current_user using (true);
create policy deleted_by_functions on app.users for delete to current_user using (true);

-- People: users as the application knows them, what members may do in their organisation, invitations, API keys, flags.

-- Accounts themselves are the auth plane's; this is the name and address to show, written at every sign-in.
create table app.users (
  id uuid primary key,
  email text not null check (length(email) between 3 and 320),
  name text not null default '' check (length(name) <= 100),
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now()
);
call app.protect('app.users');
create index users_email on app.users (lower(email));
grant select, insert on app.users to authenticated;
grant update (email, name, last_seen_at) on app.users to authenticated;
create policy self on app.users to authenticated using (id = (select app.user_id())) with check (id = (select app.user_id()));
create policy fellow_members on app.users for select to authenticated
  using (exists (select from app.memberships m where m.user_id = users.id and m.tenant_id = (select app.tenant_id())));

-- True when the current user owns the current organisation.
create function app.is_owner() returns boolean
  language sql stable security definer set search_path = ''
  as $$
    select exists (
      select from app.memberships m
      where m.tenant_id = app.tenant_id() and m.user_id = app.user_id() and m.role = 'owner')
  $$;
revoke all on function app.is_owner() from public;
grant execute on function app.is_owner() to authenticated, service_role;
create policy read_by_functions on app.memberships for select to current_user using (true);
create policy read_by_functions on app.organisations for select to current_user using (true);

-- A user without an organisation yet sees the names of those they belong to.
create policy of_membership on app.organisations for select to authenticated
  using (exists (select from app.memberships m where m.tenant_id = organisations.id and m.user_id = (select app.user_id())));
grant update (name), delete on app.organisations to authenticated;
create policy owner_updates on app.organisations for update to authenticated
  using (id = (select app.tenant_id()) and (select app.is_owner())) with check (id = (select app.tenant_id()));
create policy owner_deletes on app.organisations for delete to authenticated
  using (id = (select app.tenant_id()) and (select app.is_owner()));

grant update (role), delete on app.memberships to authenticated;
create policy owner_updates on app.memberships for update to authenticated
  using (tenant_id = (select app.tenant_id()) and (select app.is_owner())) with check (tenant_id = (select app.tenant_id()));
create policy owner_removes on app.memberships for delete to authenticated
  using (tenant_id = (select app.tenant_id()) and (select app.is_owner()));
create policy member_leaves on app.memberships for delete to authenticated using (user_id = (select app.user_id()));

-- An organisation keeps at least one owner for as long as it exists. Writers of one organisation's owners take turns.
create function app.keep_an_owner() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
  begin
    perform pg_advisory_xact_lock(hashtextextended('owners ' || old.tenant_id, 0));
    if exists (select from app.organisations where id = old.tenant_id)
      and not exists (select from app.memberships where tenant_id = old.tenant_id and role = 'owner') then
      raise exception 'An organisation needs an owner' using errcode = 'TL001';
    end if;
    return null;
  end $$;
revoke all on function app.keep_an_owner() from public;
create trigger keep_an_owner after delete or update of role on app.memberships
  for each row when (old.role = 'owner') execute function app.keep_an_owner();

-- Makes an organisation with the current user as its owner; null when they have too many already.
create function app.create_organisation(name text) returns uuid
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    made uuid;
  begin
    if app.user_id() is null then return null; end if;
    perform pg_advisory_xact_lock(hashtextextended('organisations of ' || app.user_id(), 0));
    if (select count(*) from app.memberships m where m.user_id = app.user_id()) >= 50 then return null; end if;
    insert into app.organisations (name) values ($1) returning id into made;
    insert into app.memberships (tenant_id, user_id, role) values (made, app.user_id(), 'owner');
    return made;
  end $$;
revoke all on function app.create_organisation(text) from public;
grant execute on function app.create_organisation(text) to authenticated;
create policy written_by_functions on app.organisations for insert to current_user with check (true);
create policy written_by_functions on app.memberships for insert to current_user with check (true);

create table app.invitations (
  id uuid primary key default app.uuid_v7(),
  tenant_id uuid not null references app.organisations (id) on delete cascade,
  -- SHA-256 of the secret in the link, which is shown once.
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  role text not null check (role in ('owner', 'member')),
  -- Whom it was made for, as a note; whoever has the link may use it, once.
  email text check (length(email) between 3 and 320),
  created_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz
);
call app.protect('app.invitations');
create index invitations_tenant on app.invitations (tenant_id, id);
grant select (id, tenant_id, role, email, created_by, created_at, expires_at, accepted_at, accepted_by, revoked_at), insert on app.invitations to authenticated;
grant update (revoked_at) on app.invitations to authenticated;
create policy owners on app.invitations to authenticated
  using (tenant_id = (select app.tenant_id()) and (select app.is_owner()))
  with check (tenant_id = (select app.tenant_id()) and (select app.is_owner()) and created_by = (select app.user_id()));

-- What the holder of a link may know before accepting.
create function app.find_invitation(token_hash bytea)
  returns table (tenant_id uuid, organisation text, role text, expires_at timestamptz, state text)
  language sql stable security definer set search_path = ''
  as $$
    select i.tenant_id, o.name, i.role, i.expires_at,
      case when i.revoked_at is not null then 'revoked' when i.accepted_at is not null then 'accepted'
        when i.expires_at <= now() then 'expired' else 'open' end
    from app.invitations i join app.organisations o on o.id = i.tenant_id
    where i.token_hash = $1
  $$;
revoke all on function app.find_invitation(bytea) from public;
grant execute on function app.find_invitation(bytea) to anon, authenticated;

-- Makes the current user a member; answers the organisation, or null when the link doesn't hold (any more). A member
-- who opens it again uses nothing up.
create function app.accept_invitation(token_hash bytea) returns uuid
  language plpgsql volatile security definer set search_path = ''
  as $$
  declare
    found app.invitations;
  begin
    if app.user_id() is null then return null; end if;
    select * into found from app.invitations i where i.token_hash = $1 for update;
    if found.id is null then return null; end if;
    if exists (select from app.memberships m where m.tenant_id = found.tenant_id and m.user_id = app.user_id()) then
      return found.tenant_id;
    end if;
    if found.revoked_at is not null or found.accepted_at is not null or found.expires_at <= now() then return null; end if;
    update app.invitations i set accepted_at = now(), accepted_by = app.user_id() where i.id = found.id;
    insert into app.memberships (tenant_id, user_id, role) values (found.tenant_id, app.user_id(), found.role);
    return found.tenant_id;
  end $$;
revoke all on function app.accept_invitation(bytea) from public;
grant execute on function app.accept_invitation(bytea) to authenticated;
create policy used_by_functions on app.invitations to current_user using (true) with check (true);

create table app.api_keys (
  id uuid primary key default app.uuid_v7(),
  tenant_id uuid not null references app.organisations (id) on delete cascade,
  name text not null check (length(name) between 1 and 100),
  -- The start of the key, to tell keys apart; the rest is known as its SHA-256 alone.
  prefix text not null check (prefix ~ '^tl_[A-Za-z0-9]{6}$'),
  key_hash bytea not null unique check (octet_length(key_hash) = 32),
  scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ array['ask', 'usage:write', 'usage:read']),
  created_by uuid not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);
call app.protect('app.api_keys');
create index api_keys_tenant on app.api_keys (tenant_id, id);
grant select (id, tenant_id, name, prefix, scopes, created_by, created_at, last_used_at, revoked_at), insert on app.api_keys to authenticated;
grant update (name, revoked_at) on app.api_keys to authenticated;
create policy members_read on app.api_keys for select to authenticated using (tenant_id = (select app.tenant_id()));
create policy owners_insert on app.api_keys for insert to authenticated
  with check (tenant_id = (select app.tenant_id()) and (select app.is_owner()) and created_by = (select app.user_id()));
create policy owners_update on app.api_keys for update to authenticated
  using (tenant_id = (select app.tenant_id()) and (select app.is_owner())) with check (tenant_id = (select app.tenant_id()));

-- Deletes an account of a Supabase project, whose owner this migration's role acts for. The built-in auth plane's
-- accounts are deleted by its own role.
create function app.delete_auth_user(id uuid) returns void
  language plpgsql volatile security definer set search_path = ''
  as $$ begin delete from auth.users u where u.id = $1; end $$;
revoke all on function app.delete_auth_user(uuid) from public;
grant execute on function app.delete_auth_user(uuid) to service_role;

-- Who acted may be more than a database role: an administrator, or an API key, which has no user.
create or replace function app.audit(action text, target text, before jsonb, after jsonb, request_id uuid) returns void
  language sql volatile security definer set search_path = ''
  as $$
    insert into app.audit_log (tenant_id, actor_role, actor_id, action, target, before, after, request_id)
    values (app.tenant_id(), coalesce(app.claims() ->> 'actor', app.claims() ->> 'role', 'unknown'),
      coalesce(app.claims() ->> 'sub', app.claims() ->> 'key_id'), $1, $2, $3, $4, $5)
  $$;
create index audit_log_action on app.audit_log (action, id);
create index audit_log_actor on app.audit_log (actor_id, id);
create index audit_log_target on app.audit_log (target, id);
grant select on app.audit_log to authenticated;
create policy owners_read on app.audit_log for select to authenticated
  using (tenant_id = (select app.tenant_id()) and (select app.is_owner()));

-- What can be switched while the application runs; the list of flags, and what each does, is in the code.
create table app.feature_flags (
  key text primary key check (key ~ '^[a-z]+(-[a-z]+)*$'),
  enabled boolean not null,
  -- Share of subjects (users, addresses) that it is on for, by a stable hash.
  rollout_percent int not null default 100 check (rollout_percent between 0 and 100),
  updated_at timestamptz not null default now()
);
call app.protect('app.feature_flags');

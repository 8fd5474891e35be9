-- The books of every call to a model: one ledger, what people said of answers, budgets with what is reserved of them, quotas, prices.

-- The time within a UUIDv7, to the millisecond.
create function app.uuid_v7_time(id uuid) returns timestamptz
  language sql immutable strict parallel safe set search_path = ''
  as $$ select '1970-01-01 00:00:00+00'::timestamptz + make_interval(secs => ('x' || lpad(left(replace(id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint / 1000.0) $$;

-- The least UUIDv7 of a time: ids at or after it compare as greater or equal.
create function app.uuid_v7_floor(at timestamptz) returns uuid
  language sql immutable strict parallel safe set search_path = ''
  as $$ select (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid $$;
revoke all on function app.uuid_v7_time(uuid), app.uuid_v7_floor(timestamptz) from public;
grant execute on function app.uuid_v7_time(uuid), app.uuid_v7_floor(timestamptz) to authenticated, service_role;

-- One row for each call, whatever became of it. Partitions are ranges of the id, whose time they go by: an id stands once in the
-- whole ledger, so that a replay is refused.
create table app.llm_call_log (
  id uuid primary key check (get_byte(uuid_send(id), 6) >> 4 = 7),
  at timestamptz not null generated always as (app.uuid_v7_time(id)) stored,
  tenant_id uuid references app.organisations (id) on delete cascade,
  principal_kind text not null check (principal_kind in ('anonymous', 'user', 'member', 'key', 'admin', 'system')),
  principal_id text check (length(principal_id) <= 200),
  source text not null check (source in ('gateway', 'sdk')),
  endpoint text not null check (length(endpoint) between 1 and 200),
  provider text check (length(provider) <= 100),
  model text check (length(model) <= 200),
  prompt_id text check (length(prompt_id) <= 200),
  prompt_version text check (length(prompt_version) <= 100),
  outcome text not null check (outcome in ('ok', 'blocked', 'consent_required', 'limited', 'over_budget', 'cached', 'aborted', 'failed', 'disabled')),
  error_code text check (length(error_code) <= 100),
  -- Whole numbers by leaf bucket; null where the provider told none.
  usage jsonb check (jsonb_typeof(usage) = 'object'),
  usage_estimated boolean not null default false,
  -- What it cost by its usage; null where that isn't known.
  cost_usd numeric check (cost_usd >= 0),
  -- What budgets were charged: the cost, else the most that it could have cost.
  charged_usd numeric not null default 0 check (charged_usd >= 0),
  -- What a hit of the cache would have cost.
  saved_usd numeric check (saved_usd >= 0),
  price_version text,
  -- Buckets that were used and have no price.
  unpriced text[] not null default '{}',
  reserved_usd numeric check (reserved_usd >= 0),
  -- True for what was charged because its lease ran out before anybody settled it.
  expired boolean not null default false,
  cache_hit boolean not null default false,
  duration_ms int not null check (duration_ms >= 0),
  first_token_ms int check (first_token_ms >= 0),
  redaction_summary jsonb not null default '{}' check (jsonb_typeof(redaction_summary) = 'object'),
  policy_category text check (length(policy_category) <= 100),
  trace_id text check (length(trace_id) <= 64)
) partition by range (id);
call app.protect('app.llm_call_log');
create index llm_call_log_tenant on app.llm_call_log (tenant_id, id);
create index llm_call_log_principal on app.llm_call_log (principal_id, id);
grant select on app.llm_call_log to authenticated;
create policy own on app.llm_call_log for select to authenticated
  using (tenant_id = (select app.tenant_id())
    or (tenant_id is null and principal_kind = 'user' and principal_id = (select app.user_id())::text));

-- Partitions carry the month's name; nobody but the service role reads one by itself.
create function app.ensure_call_month(at timestamptz) returns void
  language plpgsql security definer set search_path = ''
  as $$
  declare
    starts timestamptz := date_trunc('month', at, 'UTC');
    part text := 'llm_call_log_' || to_char(starts at time zone 'UTC', 'YYYY_MM');
  begin
    if at not between '2020-01-01' and '2100-01-01' then raise exception 'No calls at %', at; end if;
    perform pg_advisory_xact_lock(hashtextextended('call partitions', 0));
    -- A look at the table, not to_regclass(): what that remembers may be older than the lock.
    if exists (select from pg_catalog.pg_class where relname = part and relnamespace = 'app'::regnamespace) then return; end if;
    execute format('create table app.%I partition of app.llm_call_log for values from (%L) to (%L)', part,
      app.uuid_v7_floor(starts), app.uuid_v7_floor((starts at time zone 'UTC' + interval '1 month') at time zone 'UTC'));
    call app.protect(('app.' || part)::regclass);
  end $$;

-- Drops the months that ended before a time; answers how many.
create function app.drop_call_months(before timestamptz) returns int
  language plpgsql security definer set search_path = ''
  as $$
  declare
    part record;
    dropped int := 0;
  begin
    for part in
      select relation.relname from pg_catalog.pg_inherits i join pg_catalog.pg_class relation on relation.oid = i.inhrelid
      where i.inhparent = 'app.llm_call_log'::regclass
        and (to_date(right(relation.relname, 7), 'YYYY_MM') + interval '1 month') at time zone 'UTC' <= before
    loop
      execute format('drop table app.%I', part.relname);
      dropped := dropped + 1;
    end loop;
    return dropped;
  end $$;
revoke all on function app.ensure_call_month(timestamptz), app.drop_call_months(timestamptz) from public;
grant execute on function app.ensure_call_month(timestamptz), app.drop_call_months(timestamptz) to service_role;

-- What a user called outside of any organisation goes with their account.
create function app.forget_calls() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
  begin
    delete from app.llm_call_log where principal_kind = 'user' and principal_id = old.id::text;
    delete from app.llm_feedback where principal_kind = 'user' and principal_id = old.id::text;
    return null;
  end $$;
revoke all on function app.forget_calls() from public;
create trigger forget_calls after delete on app.users for each row execute function app.forget_calls();
create policy forgotten_with_users on app.llm_call_log for delete to current_user using (principal_kind = 'user');
-- The daily figures are counted with the owner's rights.
create policy counted_by_owner on app.llm_call_log for select to current_user using (true);

create table app.llm_feedback (
  id uuid primary key default app.uuid_v7(),
  -- The call's row may be gone before what was said of it.
  call_id uuid not null unique,
  tenant_id uuid references app.organisations (id) on delete cascade,
  principal_kind text not null,
  principal_id text,
  helpful boolean not null,
  comment text check (length(comment) <= 2000),
  created_at timestamptz not null default now()
);
call app.protect('app.llm_feedback');
create index llm_feedback_tenant on app.llm_feedback (tenant_id, id);
create index llm_feedback_principal on app.llm_feedback (principal_id) where principal_kind = 'user';
grant select on app.llm_feedback to authenticated;
create policy own on app.llm_feedback for select to authenticated using (tenant_id = (select app.tenant_id()));
create policy forgotten_with_users on app.llm_feedback for delete to current_user using (principal_kind = 'user');
create policy found_by_owner on app.llm_feedback for select to current_user using (true);

-- What may be spent in a UTC day or month: by everybody, at one provider, by one organisation, or by one at one provider.
create table app.llm_budgets (
  id uuid primary key default app.uuid_v7(),
  tenant_id uuid references app.organisations (id) on delete cascade,
  provider text check (length(provider) <= 100),
  period text not null check (period in ('day', 'month')),
  limit_usd numeric not null check (limit_usd >= 0),
  -- What is off is counted, and refuses nobody.
  enabled boolean not null default true,
  version int not null default 1,
  updated_at timestamptz not null default now(),
  unique nulls not distinct (tenant_id, provider, period)
);
call app.protect('app.llm_budgets');

-- What a budget has of a period: settled, and held for calls that run.
create table app.llm_budget_periods (
  budget_id uuid not null references app.llm_budgets (id) on delete cascade,
  starts_at timestamptz not null,
  spent_usd numeric not null default 0 check (spent_usd >= 0),
  reserved_usd numeric not null default 0 check (reserved_usd >= 0),
  primary key (budget_id, starts_at)
);
call app.protect('app.llm_budget_periods');

-- Calls that run, with the most that each can cost.
create table app.llm_reservations (
  call_id uuid primary key,
  tenant_id uuid references app.organisations (id) on delete cascade,
  principal_kind text not null,
  principal_id text,
  endpoint text not null,
  provider text not null,
  model text not null,
  most_usd numeric not null check (most_usd >= 0),
  budget_ids uuid[] not null,
  expires_at timestamptz not null
);
call app.protect('app.llm_reservations');
create index llm_reservations_tenant on app.llm_reservations (tenant_id);
create index llm_reservations_expiry on app.llm_reservations (expires_at);

-- Budgets that a call counts against, in the one order in which all lock them: the one that everybody needs comes last.
create function app.llm_budgets_of(of_tenant uuid, at_provider text) returns setof app.llm_budgets
  language sql stable
  as $$
    select * from app.llm_budgets b
    where (b.tenant_id is null or b.tenant_id = of_tenant) and (b.provider is null or b.provider = at_provider)
    order by b.tenant_id is null, b.provider is null, b.period, b.id
  $$;

-- Adds to what a budget has spent and reserved in the period of a time.
create function app.llm_book(of_budget app.llm_budgets, at timestamptz, spent numeric, reserved numeric) returns void
  language sql volatile
  as $$
    insert into app.llm_budget_periods as period (budget_id, starts_at, spent_usd, reserved_usd)
    values ((of_budget).id, date_trunc((of_budget).period, at, 'UTC'), greatest(spent, 0), greatest(reserved, 0))
    on conflict (budget_id, starts_at) do update
      set spent_usd = period.spent_usd + spent, reserved_usd = greatest(period.reserved_usd + reserved, 0)
  $$;

-- Holds the most that a call can cost in every budget it counts against. Answers null, or the budget that has no room: then the
-- caller must roll back.
create function app.llm_reserve(
  for_call uuid, of_tenant uuid, kind text, who text, at_endpoint text, at_provider text, of_model text, most numeric, lease_ms int
) returns jsonb
  language plpgsql volatile
  as $$
  declare
    budget app.llm_budgets;
    held uuid[] := '{}';
    has app.llm_budget_periods;
    starts timestamptz;
    called_at timestamptz := app.uuid_v7_time(for_call);
  begin
    for budget in select * from app.llm_budgets_of(of_tenant, at_provider) loop
      starts := date_trunc(budget.period, called_at, 'UTC');
      loop
        update app.llm_budget_periods p set reserved_usd = p.reserved_usd + most
          where p.budget_id = budget.id and p.starts_at = starts
            and (not budget.enabled or (p.spent_usd + p.reserved_usd < budget.limit_usd and p.spent_usd + p.reserved_usd + most <= budget.limit_usd));
        exit when found;
        select * into has from app.llm_budget_periods p where p.budget_id = budget.id and p.starts_at = starts;
        if found then
          return jsonb_build_object('budgetId', budget.id, 'ofTenant', budget.tenant_id is not null, 'provider', budget.provider, 'period', budget.period,
            'roomLater', has.spent_usd < budget.limit_usd and has.spent_usd + most <= budget.limit_usd,
            'renewsInSeconds', ceil(extract(epoch from (starts at time zone 'UTC' + ('1 ' || budget.period)::interval) at time zone 'UTC' - now())));
        end if;
        insert into app.llm_budget_periods (budget_id, starts_at) values (budget.id, starts) on conflict do nothing;
      end loop;
      held := held || budget.id;
    end loop;
    insert into app.llm_reservations (call_id, tenant_id, principal_kind, principal_id, endpoint, provider, model, most_usd, budget_ids, expires_at)
    values (for_call, of_tenant, kind, who, at_endpoint, at_provider, of_model, most, held, now() + lease_ms * interval '1 millisecond');
    return null;
  end $$;

-- Gives back what a call held and books what it is charged, at the provider that answered in the end. Answers whether the call's
-- row is to be written: false when it was settled before, unless that was because its lease had run out, which this corrects.
create function app.llm_settle(for_call uuid, charge numeric, at_provider text) returns boolean
  language plpgsql volatile
  as $$
  declare
    reservation app.llm_reservations;
    expired app.llm_call_log;
    budget app.llm_budgets;
    called_at timestamptz := app.uuid_v7_time(for_call);
  begin
    -- A new budget begins with what the ledger has: no call is settled meanwhile.
    perform pg_advisory_xact_lock_shared(hashtextextended('llm budgets', 0));
    delete from app.llm_reservations r where r.call_id = for_call returning * into reservation;
    if not found then
      delete from app.llm_call_log c where c.id = for_call and c.expired returning * into expired;
      if not found then return false; end if;
    end if;
    for budget in
      select b.* from app.llm_budgets b
      where b.id = any (reservation.budget_ids)
        or ((b.tenant_id is null or b.tenant_id = coalesce(reservation.tenant_id, expired.tenant_id)) and (b.provider is null or b.provider in (at_provider, expired.provider)))
      order by b.tenant_id is null, b.provider is null, b.period, b.id
    loop
      perform app.llm_book(budget, called_at,
        case when (budget.tenant_id is null or budget.tenant_id = coalesce(reservation.tenant_id, expired.tenant_id)) and (budget.provider is null or budget.provider = at_provider) then charge else 0 end
          - case when expired.id is not null and (budget.provider is null or budget.provider = expired.provider) then expired.charged_usd else 0 end,
        case when budget.id = any (reservation.budget_ids) then -reservation.most_usd else 0 end);
    end loop;
    return true;
  end $$;

-- Charges calls whose lease ran out with the most that they could have cost, and writes that down. Answers how many.
create function app.llm_expire(most_rows int) returns int
  language plpgsql volatile
  as $$
  declare
    reservation app.llm_reservations;
    settled int := 0;
  begin
    for reservation in select * from app.llm_reservations r where r.expires_at < now() order by r.expires_at limit most_rows for update skip locked loop
      perform app.llm_settle(reservation.call_id, reservation.most_usd, reservation.provider);
      insert into app.llm_call_log (id, tenant_id, principal_kind, principal_id, source, endpoint, provider, model, outcome, error_code,
        usage_estimated, charged_usd, reserved_usd, expired, duration_ms)
      values (reservation.call_id, reservation.tenant_id, reservation.principal_kind, reservation.principal_id, 'gateway', reservation.endpoint,
        reservation.provider, reservation.model, 'aborted', 'LEASE_EXPIRED', true, reservation.most_usd, reservation.most_usd, true,
        least(2147483647, greatest(0, extract(epoch from reservation.expires_at - app.uuid_v7_time(reservation.call_id)) * 1000))::int);
      settled := settled + 1;
    end loop;
    return settled;
  end $$;

-- Makes a budget that begins with what the ledger has of its running period; answers null where there is one like it.
create function app.llm_add_budget(of_tenant uuid, at_provider text, per text, most numeric) returns uuid
  language plpgsql volatile
  as $$
  declare
    budget app.llm_budgets;
  begin
    perform pg_advisory_xact_lock(hashtextextended('llm budgets', 0));
    insert into app.llm_budgets (tenant_id, provider, period, limit_usd) values (of_tenant, at_provider, per, most) on conflict do nothing returning * into budget;
    if not found then return null; end if;
    insert into app.llm_budget_periods (budget_id, starts_at, spent_usd)
    select budget.id, date_trunc(per, now(), 'UTC'), coalesce(sum(c.charged_usd), 0) from app.llm_call_log c
    where c.id >= app.uuid_v7_floor(date_trunc(per, now(), 'UTC')) and c.source = 'gateway'
      and (of_tenant is null or c.tenant_id = of_tenant) and (at_provider is null or c.provider = at_provider);
    return budget.id;
  end $$;

-- A quota that outlives every process: units that a subject used in a window of so many seconds, counted from 1970.
create table app.llm_rate_limit (
  -- A hash: neither an address nor who it is.
  subject text not null check (length(subject) <= 100),
  window_starts_at timestamptz not null,
  used int not null check (used >= 0),
  primary key (subject, window_starts_at)
);
call app.protect('app.llm_rate_limit');
create index llm_rate_limit_window on app.llm_rate_limit (window_starts_at);

create function app.llm_rl_increment(of_subject text, window_seconds int, most int, cost int)
  returns table (allowed boolean, used int, resets_at timestamptz)
  language plpgsql volatile
  as $$
  declare
    starts timestamptz := to_timestamp(floor(extract(epoch from now()) / window_seconds) * window_seconds);
    counted int;
  begin
    if cost <= most then
      insert into app.llm_rate_limit as l (subject, window_starts_at, used) values (of_subject, starts, cost)
      on conflict on constraint llm_rate_limit_pkey do update set used = l.used + cost where l.used + cost <= most
      returning l.used into counted;
    end if;
    if counted is not null then
      return query select true, counted, starts + window_seconds * interval '1 second';
    else
      return query select false, coalesce((select l.used from app.llm_rate_limit l where l.subject = of_subject and l.window_starts_at = starts), 0), starts + window_seconds * interval '1 second';
    end if;
  end $$;

-- Calls that each may make in a UTC day, by what they are.
create table app.llm_quotas (
  principal_kind text primary key check (principal_kind in ('anonymous', 'user', 'member', 'key')),
  calls_per_day int not null check (calls_per_day >= 0),
  version int not null default 1,
  updated_at timestamptz not null default now()
);
call app.protect('app.llm_quotas');

do $$
declare
  routine regprocedure;
begin
  for routine in select oid::regprocedure from pg_proc where pronamespace = 'app'::regnamespace
    and proname in ('llm_budgets_of', 'llm_book', 'llm_reserve', 'llm_settle', 'llm_expire', 'llm_add_budget', 'llm_rl_increment') loop
    execute format('revoke all on function %s from public', routine);
    execute format('grant execute on function %s to service_role', routine);
  end loop;
end $$;

-- Rows that every installation begins with, to be changed in the console.
insert into app.llm_budgets (period, limit_usd) values ('day', 20), ('month', 200);
insert into app.llm_quotas (principal_kind, calls_per_day) values ('anonymous', 300), ('user', 500), ('member', 2000), ('key', 20000);

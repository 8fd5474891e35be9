-- Room is held and given back for many calls at once: calls of one moment take their turn at the budgets together, not one by one.
-- Whoever books locks in one order: the quotas by subject, the reservations and rows of the ledger by call, then the budgets' periods,
-- those of organisations first and the ones that everybody needs last.

drop function app.llm_expire(int);
drop function app.llm_settle(uuid, numeric, text);
drop function app.llm_reserve(uuid, uuid, text, text, text, text, text, numeric, int);
drop function app.llm_book(app.llm_budgets, timestamptz, numeric, numeric);

-- Budgets that a call counts against.
create or replace function app.llm_budgets_of(of_tenant uuid, at_provider text) returns setof app.llm_budgets
  language sql stable
  as $$ select * from app.llm_budgets b where (b.tenant_id is null or b.tenant_id = of_tenant) and (b.provider is null or b.provider = at_provider) $$;

-- Counts each call against its subject's quota of the day and holds the most that it can cost in every budget it belongs to. The calls
-- are decided one after the other, each as if it were alone: of one that is refused nothing stays counted or held. Answers for each, in
-- order, null or what refuses it.
create function app.llm_reserve_all(calls jsonb) returns jsonb
  language plpgsql volatile set plan_cache_mode = force_generic_plan
  as $$
  declare
    answers jsonb[] := '{}';
    refusal jsonb;
    call record;
    called_at timestamptz;
    quota record;
    subjects text[] := '{}';
    calls_left int[] := '{}';
    refused int[] := '{}';
    place int;
    wanted record;
    budget app.llm_budgets;
    period app.llm_budget_periods;
    budgets app.llm_budgets[] := '{}';
    ids uuid[] := '{}';
    starts timestamptz[] := '{}';
    spent numeric[] := '{}';
    reserved numeric[] := '{}';
    holding int[];
    n int;
  begin
    -- All are counted here, and the refused ones taken back at the end.
    for quota in
      select c.subject, q.calls_per_day, count(*)::int as calls from jsonb_to_recordset(calls) c (principal_kind text, subject text)
      join app.llm_quotas q using (principal_kind)
      where c.subject is not null group by c.subject, q.calls_per_day order by c.subject
    loop
      subjects := subjects || quota.subject;
      calls_left := calls_left || (select quota.calls_per_day - counted.used + quota.calls from app.llm_rl_increment(quota.subject, 86400, 2147483647, quota.calls) counted);
      refused := refused || 0;
    end loop;

    for wanted in
      select each.* from (
        select distinct b as budget, b.tenant_id is null as of_all, b.provider is null as at_all, b.period, b.id, date_trunc(b.period, app.uuid_v7_time(c.call_id), 'UTC') as starts_at
        from jsonb_to_recordset(calls) c (call_id uuid, tenant_id uuid, provider text), app.llm_budgets_of(c.tenant_id, c.provider) b
      ) each order by each.of_all, each.at_all, each.period, each.id, each.starts_at
    loop
      loop
        select * into period from app.llm_budget_periods p where p.budget_id = wanted.id and p.starts_at = wanted.starts_at for update;
        exit when found;
        insert into app.llm_budget_periods (budget_id, starts_at) values (wanted.id, wanted.starts_at) on conflict do nothing;
      end loop;
      budgets := budgets || wanted.budget;
      ids := ids || wanted.id;
      starts := starts || wanted.starts_at;
      spent := spent || period.spent_usd;
      reserved := reserved || period.reserved_usd;
    end loop;

    for call in
      select * from jsonb_to_recordset(calls) c (call_id uuid, tenant_id uuid, principal_kind text, principal_id text, subject text, endpoint text, provider text, model text, most_usd numeric, lease_ms int)
    loop
      place := array_position(subjects, call.subject);
      if calls_left[place] < 1 then
        refused[place] := refused[place] + 1;
        answers := array_append(answers, jsonb_build_object('by', 'quota', 'renewsInSeconds', ceil(extract(epoch from date_trunc('day', now(), 'UTC') + interval '24 hours' - now()))));
        continue;
      end if;
      refusal := null;
      holding := '{}';
      called_at := app.uuid_v7_time(call.call_id);
      for n in 1 .. cardinality(ids) loop
        budget := budgets[n];
        continue when budget.tenant_id <> call.tenant_id or (budget.tenant_id is not null and call.tenant_id is null) or budget.provider <> call.provider
          or starts[n] <> date_trunc(budget.period, called_at, 'UTC');
        if budget.enabled and (spent[n] + reserved[n] >= budget.limit_usd or spent[n] + reserved[n] + call.most_usd > budget.limit_usd) then
          refusal := jsonb_build_object('by', 'budget', 'ofTenant', budget.tenant_id is not null, 'provider', budget.provider, 'period', budget.period,
            'roomLater', spent[n] < budget.limit_usd and spent[n] + call.most_usd <= budget.limit_usd,
            'renewsInSeconds', ceil(extract(epoch from (starts[n] at time zone 'UTC' + ('1 ' || budget.period)::interval) at time zone 'UTC' - now())));
          exit;
        end if;
        holding := holding || n;
      end loop;
      answers := array_append(answers, coalesce(refusal, 'null'::jsonb));
      if refusal is not null then
        if place is not null then refused[place] := refused[place] + 1; end if;
        continue;
      end if;
      if place is not null then calls_left[place] := calls_left[place] - 1; end if;
      foreach n in array holding loop
        reserved[n] := reserved[n] + call.most_usd;
      end loop;
      insert into app.llm_reservations (call_id, tenant_id, principal_kind, principal_id, endpoint, provider, model, most_usd, budget_ids, expires_at)
      values (call.call_id, call.tenant_id, call.principal_kind, call.principal_id, call.endpoint, call.provider, call.model, call.most_usd,
        array(select ids[held] from unnest(holding) held), now() + call.lease_ms * interval '1 millisecond');
    end loop;

    update app.llm_budget_periods p set reserved_usd = h.reserved
      from unnest(ids, starts, reserved) h (budget_id, starts_at, reserved)
      where p.budget_id = h.budget_id and p.starts_at = h.starts_at and p.reserved_usd <> h.reserved;
    if 0 < any (refused) then
      update app.llm_rate_limit l set used = l.used - r.calls
        from unnest(subjects, refused) r (subject, calls)
        where l.subject = r.subject and l.window_starts_at = date_trunc('day', now(), 'UTC') and r.calls > 0;
    end if;
    return to_jsonb(answers);
  end $$;

-- Gives back what calls held and books what each is charged, at the provider that answered in the end, with its row of the ledger.
-- `entries` are such rows. Answers for each, in order, whether it was written: not when its call was settled before, unless that was
-- because its lease had run out, which this corrects.
create function app.llm_settle_all(entries jsonb) returns jsonb
  language plpgsql volatile set plan_cache_mode = force_generic_plan
  as $$
  declare
    ids uuid[] := array(select distinct (e ->> 'id')::uuid from jsonb_array_elements(entries) e);
    held app.llm_reservations[];
    overdue app.llm_call_log[] := '{}';
    settled app.llm_call_log[];
    due record;
  begin
    -- A new budget begins with what the ledger has: no call is settled meanwhile.
    perform pg_advisory_xact_lock_shared(hashtextextended('llm budgets', 0));
    with locked as (select r.call_id from app.llm_reservations r where r.call_id = any (ids) order by r.call_id for update),
      given_back as (delete from app.llm_reservations r using locked where r.call_id = locked.call_id returning r)
    select coalesce(array_agg(given_back.r), '{}') into held from given_back;
    if cardinality(held) < cardinality(ids) then
      with locked as (
          select c.id from app.llm_call_log c
          where c.id = any (ids) and c.expired and not exists (select from unnest(held) h where h.call_id = c.id) order by c.id for update),
        corrected as (delete from app.llm_call_log c using locked where c.id = locked.id returning c)
      select coalesce(array_agg(corrected.c), '{}') into overdue from corrected;
    end if;

    -- Before the budgets, so that those are locked for as short as can be.
    select array_agg(first.e) into settled
      from (select distinct on ((one ->> 'id')::uuid) jsonb_populate_record(null::app.llm_call_log, one) as e
        from jsonb_array_elements(entries) with ordinality each (one, n) order by (one ->> 'id')::uuid, n) first
      where exists (select from unnest(held) h where h.call_id = (first.e).id) or exists (select from unnest(overdue) x where x.id = (first.e).id);
    insert into app.llm_call_log (id, tenant_id, principal_kind, principal_id, source, endpoint, provider, model, prompt_id, prompt_version, outcome, error_code, usage,
        usage_estimated, cost_usd, charged_usd, saved_usd, price_version, unpriced, reserved_usd, expired, cache_hit, duration_ms, first_token_ms, redaction_summary,
        policy_category, trace_id)
      select e.id, e.tenant_id, e.principal_kind, e.principal_id, e.source, e.endpoint, e.provider, e.model, e.prompt_id, e.prompt_version, e.outcome, e.error_code, e.usage,
        e.usage_estimated, e.cost_usd, e.charged_usd, e.saved_usd, e.price_version, coalesce(e.unpriced, '{}'), e.reserved_usd, coalesce(e.expired, false), coalesce(e.cache_hit, false),
        e.duration_ms, e.first_token_ms, coalesce(e.redaction_summary, '{}'), e.policy_category, e.trace_id
      from unnest(settled) e;

    for due in
      select b.id, date_trunc(b.period, app.uuid_v7_time(e.id), 'UTC') as starts_at,
        sum(case when b.provider is null or b.provider = e.provider then case when b.tenant_id is null or b.tenant_id = coalesce(h.tenant_id, x.tenant_id) then e.charged_usd else 0 end else 0 end
          - case when x.id is not null and (b.provider is null or b.provider = x.provider) then x.charged_usd else 0 end) as spent,
        sum(case when b.id = any (h.budget_ids) then h.most_usd else 0 end) as given_back
      from unnest(settled) e left join unnest(held) h on h.call_id = e.id left join unnest(overdue) x on x.id = e.id
      join app.llm_budgets b on b.id = any (h.budget_ids)
        or ((b.tenant_id is null or b.tenant_id = coalesce(h.tenant_id, x.tenant_id)) and (b.provider is null or b.provider in (e.provider, x.provider)))
      group by b.id, starts_at
      order by b.tenant_id is null, b.provider is null, b.period, b.id, starts_at
    loop
      insert into app.llm_budget_periods as p (budget_id, starts_at, spent_usd) values (due.id, due.starts_at, greatest(due.spent, 0))
      on conflict (budget_id, starts_at) do update set spent_usd = p.spent_usd + due.spent, reserved_usd = greatest(p.reserved_usd - due.given_back, 0);
    end loop;

    return (select jsonb_agg(e.nth = 1 and exists (select from unnest(settled) s where s.id = e.id) order by e.n)
      from (select (one ->> 'id')::uuid as id, n, row_number() over (partition by (one ->> 'id')::uuid order by n) as nth from jsonb_array_elements(entries) with ordinality each (one, n)) e);
  end $$;

-- Charges calls whose lease ran out with the most that they could have cost, and writes that down. Answers how many.
create function app.llm_expire(most_rows int) returns int
  language plpgsql volatile
  as $$
  declare
    entries jsonb;
  begin
    select coalesce(jsonb_agg(jsonb_build_object('id', r.call_id, 'tenant_id', r.tenant_id, 'principal_kind', r.principal_kind, 'principal_id', r.principal_id,
        'source', 'gateway', 'endpoint', r.endpoint, 'provider', r.provider, 'model', r.model, 'outcome', 'aborted', 'error_code', 'LEASE_EXPIRED', 'usage_estimated', true,
        'charged_usd', r.most_usd, 'reserved_usd', r.most_usd, 'expired', true,
        'duration_ms', least(2147483647, greatest(0, extract(epoch from r.expires_at - app.uuid_v7_time(r.call_id)) * 1000))::int)), '[]') into entries
      from (select * from app.llm_reservations r where r.expires_at < now() order by r.expires_at limit most_rows for update skip locked) r;
    return (select count(*) from jsonb_array_elements(app.llm_settle_all(entries)) written where written = 'true'::jsonb);
  end $$;

do $$
declare
  routine regprocedure;
begin
  for routine in select oid::regprocedure from pg_proc where pronamespace = 'app'::regnamespace and proname in ('llm_reserve_all', 'llm_settle_all', 'llm_expire') loop
    execute format('revoke all on function %s from public', routine);
    execute format('grant execute on function %s to service_role', routine);
  end loop;
end $$;

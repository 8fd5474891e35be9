-- A call that asks for room and doesn't hear the answer writes its row all the same, though the room may be held. Ending that lease failed
-- on the row that stood already, and with it all leases that were to end in the same run.

-- Gives back what calls held and books what each is charged, at the provider that answered in the end, with its row of the ledger.
-- `entries` are such rows. Answers for each, in order, whether it was written: not when its call was settled before, unless that was
-- because its lease had run out, which this corrects; and not when its call is in the ledger already, because whoever asked for its room
-- never heard that it was held: what stands there stays, and the room is given back.
create or replace function app.llm_settle_all(entries jsonb) returns jsonb
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
      where (exists (select from unnest(held) h where h.call_id = (first.e).id) or exists (select from unnest(overdue) x where x.id = (first.e).id))
        and not exists (select from app.llm_call_log c where c.id = (first.e).id);
    insert into app.llm_call_log (id, tenant_id, principal_kind, principal_id, source, endpoint, provider, model, prompt_id, prompt_version, outcome, error_code, usage,
        usage_estimated, cost_usd, charged_usd, saved_usd, price_version, unpriced, reserved_usd, expired, cache_hit, duration_ms, first_token_ms, redaction_summary,
        policy_category, trace_id)
      select e.id, e.tenant_id, e.principal_kind, e.principal_id, e.source, e.endpoint, e.provider, e.model, e.prompt_id, e.prompt_version, e.outcome, e.error_code, e.usage,
        e.usage_estimated, e.cost_usd, e.charged_usd, e.saved_usd, e.price_version, coalesce(e.unpriced, '{}'), e.reserved_usd, coalesce(e.expired, false), coalesce(e.cache_hit, false),
        e.duration_ms, e.first_token_ms, coalesce(e.redaction_summary, '{}'), e.policy_category, e.trace_id
      from unnest(settled) e;

    for due in
      select b.id, date_trunc(b.period, app.uuid_v7_time(booked.id), 'UTC') as starts_at,
        sum(case when b.provider is null or b.provider = e.provider then case when b.tenant_id is null or b.tenant_id = coalesce(h.tenant_id, x.tenant_id) then coalesce(e.charged_usd, 0) else 0 end else 0 end
          - case when x.id is not null and (b.provider is null or b.provider = x.provider) then x.charged_usd else 0 end) as spent,
        sum(case when b.id = any (h.budget_ids) then h.most_usd else 0 end) as given_back
      from unnest(ids) booked (id) left join unnest(settled) e on e.id = booked.id left join unnest(held) h on h.call_id = booked.id left join unnest(overdue) x on x.id = booked.id
      join app.llm_budgets b on b.id = any (h.budget_ids)
        or ((b.tenant_id is null or b.tenant_id = coalesce(h.tenant_id, x.tenant_id)) and (b.provider is null or b.provider in (e.provider, x.provider)))
      where coalesce(h.call_id, x.id) is not null
      group by b.id, starts_at
      order by b.tenant_id is null, b.provider is null, b.period, b.id, starts_at
    loop
      insert into app.llm_budget_periods as p (budget_id, starts_at, spent_usd) values (due.id, due.starts_at, greatest(due.spent, 0))
      on conflict (budget_id, starts_at) do update set spent_usd = p.spent_usd + due.spent, reserved_usd = greatest(p.reserved_usd - due.given_back, 0);
    end loop;

    return (select jsonb_agg(e.nth = 1 and exists (select from unnest(settled) s where s.id = e.id) order by e.n)
      from (select (one ->> 'id')::uuid as id, n, row_number() over (partition by (one ->> 'id')::uuid order by n) as nth from jsonb_array_elements(entries) with ordinality each (one, n)) e);
  end $$;

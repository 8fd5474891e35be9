-- What each UTC day cost, by organisation, endpoint and model.
create materialized view app.mv_llm_daily_spend as
  select (at at time zone 'UTC')::date as day, tenant_id, source, endpoint, provider, model,
    count(*)::int as calls,
    count(*) filter (where outcome in ('failed', 'aborted'))::int as failures,
    count(*) filter (where outcome in ('blocked', 'consent_required', 'limited', 'over_budget', 'disabled'))::int as refusals,
    count(*) filter (where cache_hit)::int as cache_hits,
    count(*) filter (where usage_estimated)::int as estimated,
    count(*) filter (where cardinality(unpriced) > 0)::int as unpriced,
    coalesce(sum(charged_usd), 0) as charged_usd,
    coalesce(sum(saved_usd), 0) as saved_usd,
    coalesce(sum((select sum(value::bigint) from jsonb_each_text(usage) where key not in ('output', 'reasoning', 'audio_output', 'web_search'))), 0)::bigint as prompt_tokens,
    coalesce(sum((select sum(value::bigint) from jsonb_each_text(usage) where key in ('output', 'reasoning', 'audio_output'))), 0)::bigint as completion_tokens
  from app.llm_call_log
  group by 1, 2, 3, 4, 5, 6
  with no data;
revoke all on app.mv_llm_daily_spend from public, anon, authenticated;
grant select on app.mv_llm_daily_spend to service_role;
create unique index mv_llm_daily_spend_key on app.mv_llm_daily_spend (day, tenant_id, source, endpoint, provider, model) nulls not distinct;
refresh materialized view app.mv_llm_daily_spend;

create function app.refresh_llm_daily_spend() returns void
  language sql volatile security definer set search_path = ''
  as $$ refresh materialized view concurrently app.mv_llm_daily_spend $$;
revoke all on function app.refresh_llm_daily_spend() from public;
grant execute on function app.refresh_llm_daily_spend() to service_role;

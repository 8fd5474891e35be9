import { sql, type RawBuilder } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { Spend } from "./ledger-schema.ts";

const sums = sql`
  coalesce(sum(calls), 0)::int as "calls", coalesce(sum(failures), 0)::int as "failures", coalesce(sum(refusals), 0)::int as "refusals",
  coalesce(sum(cache_hits), 0)::int as "cacheHits", coalesce(sum(estimated), 0)::int as "estimated", coalesce(sum(unpriced), 0)::int as "unpriced",
  coalesce(sum(charged_usd), 0)::text as "chargedUsd", coalesce(sum(saved_usd), 0)::text as "savedUsd",
  coalesce(sum(prompt_tokens), 0)::bigint as "promptTokens", coalesce(sum(completion_tokens), 0)::bigint as "completionTokens"`;

/** Days as they were counted last, and of today and yesterday the ledger itself: what they say is never old. */
const daily = (from: string, to: string) => sql`
  with recent as (select (now() at time zone 'UTC')::date - 1 as live_from), daily as (
    select day, tenant_id, endpoint, provider, model, calls, failures, refusals, cache_hits, estimated, unpriced, charged_usd, saved_usd, prompt_tokens, completion_tokens
    from app.mv_llm_daily_spend, recent where mv_llm_daily_spend.day < recent.live_from and mv_llm_daily_spend.day between ${from}::date and ${to}::date
    union all
    select (at at time zone 'UTC')::date, tenant_id, endpoint, provider, model, 1, (outcome in ('failed', 'aborted'))::int,
      (outcome in ('blocked', 'consent_required', 'limited', 'over_budget', 'disabled'))::int, cache_hit::int, usage_estimated::int, (cardinality(unpriced) > 0)::int,
      charged_usd, coalesce(saved_usd, 0),
      (select coalesce(sum(value::bigint), 0) from jsonb_each_text(usage) where key not in ('output', 'reasoning', 'audio_output', 'web_search')),
      (select coalesce(sum(value::bigint), 0) from jsonb_each_text(usage) where key in ('output', 'reasoning', 'audio_output'))
    from app.llm_call_log, recent
    where id >= app.uuid_v7_floor(greatest(recent.live_from, ${from}::date)::timestamp at time zone 'UTC') and id < app.uuid_v7_floor(greatest(${to}::date + 1, '1970-01-01')::timestamp at time zone 'UTC')
  )`;

/** What calls of UTC days cost, altogether and by what they were. */
export async function readSpend(tx: Tx, from: string, to: string): Promise<Spend> {
  const read = async (statement: RawBuilder<unknown>) => (await sql`${daily(from, to)} ${statement}`.execute(tx)).rows;
  const [total] = await read(sql`select ${sums} from daily`);
  return Spend.parse({
    from, to, total,
    days: await read(sql`select to_char(day, 'YYYY-MM-DD') as day, ${sums} from daily group by daily.day order by daily.day`),
    endpoints: await read(sql`select endpoint, ${sums} from daily group by endpoint order by sum(charged_usd) desc, sum(calls) desc limit 50`),
    models: await read(sql`select provider, model, ${sums} from daily group by provider, model order by sum(charged_usd) desc, sum(calls) desc limit 50`),
    organisations: await read(sql`
      select tenant_id as id, (select name from app.organisations where id = tenant_id) as name, ${sums} from daily group by tenant_id order by sum(charged_usd) desc, sum(calls) desc limit 50`),
  });
}

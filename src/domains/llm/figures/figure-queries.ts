import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";

export interface CacheFigure {
  endpoint: string;
  /** Answers that a model gave, and those that the cache had. */
  made: number;
  cached: number;
  /** Exact decimal of US dollars. */
  savedUsd: string;
}

export interface CountOf {
  name: string;
  count: number;
}

/** Calls of the last `days` by endpoint: made, and answered from the cache. */
export async function listCacheFigures(tx: Tx, days: number): Promise<CacheFigure[]> {
  const { rows } = await sql<CacheFigure>`
    select endpoint, count(*) filter (where outcome = 'ok')::int as made, count(*) filter (where cache_hit)::int as cached,
      coalesce(sum(saved_usd), 0)::text as "savedUsd"
    from app.llm_call_log where source = 'gateway' and id >= app.uuid_v7_floor(now() - make_interval(days => ${days}::int))
    group by endpoint having count(*) filter (where outcome = 'ok' or cache_hit) > 0 order by endpoint`.execute(tx);
  return rows;
}

/** Values that were taken out of what models were sent, by kind. */
export async function listRedactions(tx: Tx, days: number): Promise<CountOf[]> {
  const { rows } = await sql<CountOf>`
    select kind as name, sum(n::int)::int as count
    from app.llm_call_log cross join lateral jsonb_each_text(redaction_summary) as found (kind, n)
    where source = 'gateway' and not cache_hit and id >= app.uuid_v7_floor(now() - make_interval(days => ${days}::int))
    group by kind order by count desc, name`.execute(tx);
  return rows;
}

/** Calls that were refused before a model was asked, by why: the policy's category, else the outcome. */
export async function listRefusals(tx: Tx, days: number): Promise<CountOf[]> {
  const { rows } = await sql<CountOf>`
    select coalesce(policy_category, outcome) as name, count(*)::int as count
    from app.llm_call_log
    where source = 'gateway' and outcome in ('blocked', 'consent_required', 'limited', 'over_budget', 'disabled') and id >= app.uuid_v7_floor(now() - make_interval(days => ${days}::int))
    group by 1 order by count desc, name`.execute(tx);
  return rows;
}

/** Calls of each version of each prompt, as `id@version`. */
export async function listPromptCalls(tx: Tx, days: number): Promise<CountOf[]> {
  const { rows } = await sql<CountOf>`
    select prompt_id || '@' || prompt_version as name, count(*)::int as count
    from app.llm_call_log
    where source = 'gateway' and prompt_id is not null and id >= app.uuid_v7_floor(now() - make_interval(days => ${days}::int))
    group by 1 order by 1`.execute(tx);
  return rows;
}

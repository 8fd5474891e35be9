import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";

export interface BudgetRatio {
  /** Null for a budget of all providers. */
  provider: string | null;
  period: "day" | "month";
  ratio: number;
}

/** How full the installation's own budgets are, what calls hold included. */
export async function listBudgetRatios(tx: Tx): Promise<BudgetRatio[]> {
  const { rows } = await sql<BudgetRatio>`
    select budget.provider, budget.period,
      case when budget.limit_usd = 0 then 1 else round((coalesce(now_period.spent_usd, 0) + coalesce(now_period.reserved_usd, 0)) / budget.limit_usd, 4)::float8 end as ratio
    from app.llm_budgets budget
    left join app.llm_budget_periods now_period on now_period.budget_id = budget.id and now_period.starts_at = date_trunc(budget.period, now(), 'UTC')
    where budget.tenant_id is null and budget.enabled`.execute(tx);
  return rows;
}

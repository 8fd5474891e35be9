import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { Budget, type BudgetChange, type BudgetCreate, LlmQuota, type QuotaChange } from "./budget-schema.ts";

const selectBudgets = (tx: Tx) =>
  tx
    .selectFrom("app.llm_budgets as budget")
    .leftJoin("app.organisations as organisation", "organisation.id", "budget.tenant_id")
    .leftJoin("app.llm_budget_periods as running", (join) =>
      join.onRef("running.budget_id", "=", "budget.id").on("running.starts_at", "=", sql<Date>`date_trunc(budget.period, now(), 'UTC')`))
    .select(["budget.id", "budget.tenant_id", "organisation.name", "budget.provider", "budget.period", "budget.limit_usd", "budget.enabled", "budget.version", "budget.updated_at", "running.spent_usd", "running.reserved_usd"]);

type Row = Awaited<ReturnType<ReturnType<typeof selectBudgets>["execute"]>>[number];

function toBudget(row: Row): Budget {
  return Budget.parse({
    id: row.id, organisation: row.tenant_id === null ? null : { id: row.tenant_id, name: row.name ?? "" }, provider: row.provider, period: row.period,
    limitUsd: row.limit_usd, enabled: row.enabled, version: row.version, updatedAt: row.updated_at.toISOString(), spentUsd: row.spent_usd ?? "0", reservedUsd: row.reserved_usd ?? "0",
  });
}

/** Every budget with what its running period has: those of everybody first. */
export async function listBudgets(tx: Tx): Promise<Budget[]> {
  const rows = await selectBudgets(tx).orderBy(sql`organisation.name nulls first`).orderBy(sql`budget.provider nulls first`).orderBy("budget.period").orderBy("budget.id").execute();
  return rows.map(toBudget);
}

export async function findBudget(tx: Tx, id: string): Promise<Budget | null> {
  const row = await selectBudgets(tx).where("budget.id", "=", id).executeTakeFirst();
  return row ? toBudget(row) : null;
}

/** A budget that begins with what its period has had; null where there is one like it. */
export async function insertBudget(tx: Tx, { organisationId, provider, period, limitUsd }: BudgetCreate): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`select app.llm_add_budget(${organisationId}::uuid, ${provider}, ${period}, ${limitUsd}::numeric) as id`.execute(tx);
  return rows[0]?.id ?? null;
}

export async function hasOrganisation(tx: Tx, id: string): Promise<boolean> {
  return (await tx.selectFrom("app.organisations").select("id").where("id", "=", id).executeTakeFirst()) !== undefined;
}

/** Changes a budget of this version; answers whether it was one. */
export async function updateBudget(tx: Tx, id: string, { version, limitUsd, enabled }: BudgetChange): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("app.llm_budgets")
    .set({ limit_usd: limitUsd, enabled, version: version + 1, updated_at: sql<Date>`now()` })
    .where("id", "=", id).where("version", "=", version)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

export async function deleteBudget(tx: Tx, id: string, version: number): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom("app.llm_budgets").where("id", "=", id).where("version", "=", version).executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}

export async function listQuotas(tx: Tx): Promise<LlmQuota[]> {
  const rows = await tx.selectFrom("app.llm_quotas").selectAll().orderBy("calls_per_day").orderBy("principal_kind").execute();
  return rows.map((row) => LlmQuota.parse({ kind: row.principal_kind, callsPerDay: row.calls_per_day, version: row.version, updatedAt: row.updated_at.toISOString() }));
}

/** Changes a quota of this version; answers whether it was one. */
export async function updateQuota(tx: Tx, kind: string, { version, callsPerDay }: QuotaChange): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("app.llm_quotas")
    .set({ calls_per_day: callsPerDay, version: version + 1, updated_at: sql<Date>`now()` })
    .where("principal_kind", "=", kind).where("version", "=", version)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

import { AppError } from "#lib/errors.ts";
import type { Admin } from "#platform/auth/principal.ts";
import { audit } from "#platform/db/audit.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import * as queries from "./budget-queries.ts";
import type { Budget, BudgetChange, BudgetCreate, BudgetList, LlmQuota, QuotaChange } from "./budget-schema.ts";

/** Budgets with what their running periods have, and daily quotas. */
export async function listModelBudgets(admin: Admin): Promise<BudgetList> {
  return db.as(admin, async (tx) => ({ budgets: await queries.listBudgets(tx), quotas: await queries.listQuotas(tx) }));
}

/** Makes a budget that begins with what its running period has had. Throws NOT_FOUND for the organisation, CONFLICT for a second one like it. */
export async function createModelBudget(admin: Admin, request: BudgetCreate): Promise<Budget> {
  return db.as(admin, async (tx) => {
    if (request.organisationId !== null && !(await queries.hasOrganisation(tx, request.organisationId))) throw new AppError("NOT_FOUND", { detail: "There is no such organisation. Copy its id from its page." });
    const id = await queries.insertBudget(tx, request);
    if (id === null) throw new AppError("CONFLICT", { detail: "There is a budget like this already. Change its limit instead." });
    const budget = await getBudget(tx, id);
    await audit(tx, "budget.created", id, { after: stateOf(budget) });
    return budget;
  });
}

/** Sets a budget's limit, or switches it; acts on the next call. Throws NOT_FOUND, and CONFLICT when somebody else changed it meanwhile. */
export async function changeModelBudget(admin: Admin, id: string, change: BudgetChange): Promise<Budget> {
  return db.as(admin, async (tx) => {
    const before = await getBudget(tx, id);
    if (!(await queries.updateBudget(tx, id, change))) throw changedMeanwhile();
    const after = await getBudget(tx, id);
    await audit(tx, "budget.changed", id, { before: stateOf(before), after: stateOf(after) });
    return after;
  });
}

/** Throws NOT_FOUND, and CONFLICT when somebody else changed it meanwhile. */
export async function deleteModelBudget(admin: Admin, id: string, version: number): Promise<void> {
  await db.as(admin, async (tx) => {
    const before = await getBudget(tx, id);
    if (!(await queries.deleteBudget(tx, id, version))) throw changedMeanwhile();
    await audit(tx, "budget.deleted", id, { before: stateOf(before) });
  });
}

/** Sets how many calls each caller of a kind may make in a UTC day. Throws CONFLICT when somebody else changed it meanwhile. */
export async function changeModelQuota(admin: Admin, kind: LlmQuota["kind"], change: QuotaChange): Promise<LlmQuota> {
  return db.as(admin, async (tx) => {
    const find = async () => (await queries.listQuotas(tx)).find((quota) => quota.kind === kind);
    const before = await find();
    if (!(await queries.updateQuota(tx, kind, change))) throw changedMeanwhile();
    const after = await find();
    if (!before || !after) throw new AppError("NOT_FOUND");
    await audit(tx, "quota.changed", kind, { before: { callsPerDay: before.callsPerDay }, after: { callsPerDay: after.callsPerDay } });
    return after;
  });
}

async function getBudget(tx: Tx, id: string): Promise<Budget> {
  const budget = await queries.findBudget(tx, id);
  if (!budget) throw new AppError("NOT_FOUND", { detail: "This budget isn't there any more. Reload the list." });
  return budget;
}

const changedMeanwhile = () => new AppError("CONFLICT", { detail: "Somebody else changed this meanwhile. Read it again, then decide." });
const stateOf = ({ organisation, provider, period, limitUsd, enabled }: Budget) => ({ organisation: organisation?.name ?? null, provider, period, limitUsd, enabled });

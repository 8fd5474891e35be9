import { pageOf } from "#lib/cursor.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { system, type Admin } from "#platform/auth/principal.ts";
import { audit } from "#platform/db/audit.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { decideUse, isGoverned, type GovernedDataset } from "#domains/llm/policy/governance.ts";
import * as queries from "./consent-queries.ts";
import type { ConsentInput, ConsentList, ConsentQuery, ConsentView } from "./consent-schema.ts";

/**
 * Step 2, of the data: throws CONSENT_REQUIRED when a dataset is under its community's governance and no consent on record covers
 * giving it to a model now. Reads the records each time: a withdrawal counts from the next call on.
 */
export async function requireConsent(datasets: readonly GovernedDataset[] = []): Promise<void> {
  const governed = datasets.filter(isGoverned);
  if (governed.length === 0) return;
  const records = await db.as(system("llm.consents"), (tx) => queries.listConsentsFor(tx, governed.map(({ id }) => id)));
  const decision = decideUse({ datasets: governed, purpose: "model_input", at: new Date() }, records);
  if (decision.verdict === "consent_required") throw new AppError("CONSENT_REQUIRED", { detail: decision.detail });
}

/** What is on record, newest first. */
export async function listConsents(admin: Admin, query: ConsentQuery): Promise<ConsentList> {
  const [before = null] = query.cursor ?? [];
  const rows = await db.as(admin, (tx) => queries.listConsents(tx, query, { before, limit: query.limit + 1 }));
  return pageOf(rows, query.limit, ({ id }) => [id]);
}

/** Records a steward's decision. */
export function recordConsent(admin: Admin, input: ConsentInput): Promise<ConsentView> {
  return db.as(admin, async (tx) => {
    const after = await queries.insertConsent(tx, newId(), input);
    await audit(tx, "consent.recorded", after.id, { after: input });
    return after;
  });
}

/** Records that a steward has withdrawn a decision: from now on it covers nothing. Throws NOT_FOUND when there is none in force. */
export function withdrawConsent(admin: Admin, id: string): Promise<ConsentView> {
  return db.as(admin, async (tx) => {
    const after = await queries.withdrawConsent(tx, id);
    if (!after) throw new AppError("NOT_FOUND", { detail: "There is no such consent, or it has been withdrawn already." });
    const { steward, datasets, purposes, withdrawnAt } = after;
    await audit(tx, "consent.withdrawn", id, { before: { steward, datasets, purposes, withdrawnAt: null }, after: { steward, datasets, purposes, withdrawnAt } });
    return after;
  });
}

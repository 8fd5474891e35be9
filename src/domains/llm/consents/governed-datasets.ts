import { AppError } from "#lib/errors.ts";
import { system, type Admin } from "#platform/auth/principal.ts";
import { audit } from "#platform/db/audit.ts";
import { db } from "#platform/db/unit-of-work.ts";
import type { GovernedDataset } from "#domains/llm/policy/governance.ts";
import * as queries from "./dataset-queries.ts";
import type { GovernedDatasetInput, GovernedDatasetView } from "./dataset-schema.ts";

/** Of these datasets, those under their community's governance: what a call is to be told of its data. Read each time. */
export async function governanceOf(ids: readonly string[]): Promise<GovernedDataset[]> {
  return ids.length === 0 ? [] : db.as(system("llm.consents"), (tx) => queries.listGoverned(tx, ids));
}

/** All datasets under governance. */
export function listGovernedDatasets(admin: Admin): Promise<GovernedDatasetView[]> {
  return db.as(admin, (tx) => queries.listGoverned(tx));
}

/** Puts a dataset under governance, or changes what is known of it: no model reads it from the next call on without a consent. */
export function governDataset(admin: Admin, id: string, input: GovernedDatasetInput): Promise<GovernedDatasetView> {
  return db.as(admin, async (tx) => {
    const { before, after } = await queries.upsertGoverned(tx, id, input);
    await audit(tx, "dataset.governed", id, { ...(before && { before: { ...before } }), after: { ...after } });
    return after;
  });
}

/** Takes a dataset out of governance. Throws NOT_FOUND when it isn't under any. */
export function releaseDataset(admin: Admin, id: string): Promise<void> {
  return db.as(admin, async (tx) => {
    const before = await queries.deleteGoverned(tx, id);
    if (!before) throw new AppError("NOT_FOUND", { detail: "This dataset isn't under governance." });
    await audit(tx, "dataset.released", id, { before: { ...before } });
  });
}

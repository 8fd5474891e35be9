import { AppError } from "#lib/errors.ts";
import { system, type Admin } from "#platform/auth/principal.ts";
import { audit } from "#platform/db/audit.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { decideUse, type ConsentRecord, type GovernedDataset } from "#domains/llm/policy/governance.ts";
import { listConsentsFor } from "./consent-queries.ts";
import * as queries from "./dataset-queries.ts";
import type { GovernedDatasetInput, GovernedDatasetView, GuardedDataset } from "./dataset-schema.ts";

/** Of these datasets, those under their community's governance: what a call is to be told of its data. Read each time. */
export async function governanceOf(ids: readonly string[]): Promise<GovernedDataset[]> {
  return ids.length === 0 ? [] : db.as(system("llm.consents"), (tx) => queries.listGoverned(tx, ids));
}

/** Of these datasets, those that no model may read now: governed, and without a consent that covers it. Read each time. */
export async function withheldFromModels(ids: readonly string[]): Promise<Set<string>> {
  const governed = ids.length === 0 ? [] : await db.as(system("llm.consents"), (tx) => listGuarded(tx, ids));
  return new Set(governed.filter(({ gap }) => gap !== null).map(({ id }) => id));
}

/** All datasets under governance, each with what keeps models from reading it now. */
export function listGovernedDatasets(admin: Admin): Promise<GuardedDataset[]> {
  return db.as(admin, (tx) => listGuarded(tx));
}

async function listGuarded(tx: Tx, ids?: readonly string[]): Promise<GuardedDataset[]> {
  const datasets = await queries.listGoverned(tx, ids);
  const consents = await listConsentsFor(tx, datasets.map(({ id }) => id));
  return datasets.map((dataset) => ({ ...dataset, gap: gapOf(dataset, consents) }));
}

function gapOf(dataset: GovernedDataset, consents: readonly ConsentRecord[]): GuardedDataset["gap"] {
  const decision = decideUse({ datasets: [dataset], purpose: "model_input", at: new Date() }, consents);
  return decision.verdict === "allow" ? null : (decision.missing[0]?.gap ?? null);
}

/**
 * Puts a dataset under governance, or changes what is known of it: no model reads it from the next call on without a consent.
 * Throws CONFLICT when somebody else changed it meanwhile.
 */
export function governDataset(admin: Admin, id: string, input: GovernedDatasetInput): Promise<GovernedDatasetView> {
  return db.as(admin, async (tx) => {
    const before = await queries.findGoverned(tx, id);
    const after = await (input.version === null ? queries.insertGoverned(tx, id, input) : queries.updateGoverned(tx, id, input.version, input));
    if (!after) throw changedMeanwhile(before);
    await audit(tx, "dataset.governed", id, { ...(before && { before: stateOf(before) }), after: stateOf(after) });
    return after;
  });
}

/** Takes a dataset out of governance. Throws NOT_FOUND when it isn't under any, and CONFLICT when somebody else changed it meanwhile. */
export function releaseDataset(admin: Admin, id: string, version: number): Promise<void> {
  return db.as(admin, async (tx) => {
    const before = await queries.findGoverned(tx, id);
    if (!before) throw new AppError("NOT_FOUND", { detail: "This dataset isn't under governance." });
    if (!(await queries.deleteGoverned(tx, id, version))) throw changedMeanwhile(before);
    await audit(tx, "dataset.released", id, { before: stateOf(before) });
  });
}

function changedMeanwhile(now: GovernedDatasetView | null): AppError {
  return new AppError("CONFLICT", { detail: now ? "Somebody else put this dataset under governance or changed it meanwhile. Read it again, then decide." : "Somebody else took this dataset out of governance meanwhile. Read the list again." });
}

const stateOf = ({ steward, tags, reason }: GovernedDatasetView) => ({ steward, tags, reason });

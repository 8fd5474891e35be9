import { sql, type Selectable } from "kysely";
import { z } from "zod";
import type { Schema } from "#platform/db/schema.ts";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { dataPurposes, type ConsentRecord } from "#domains/llm/policy/governance.ts";
import type { ConsentInput, ConsentQuery, ConsentView } from "./consent-schema.ts";

const Purposes = z.array(z.enum(dataPurposes));
const names = (dataset: readonly string[]) => sql<boolean>`datasets && ${[...dataset]}::text[]`;
const state = sql<ConsentView["state"]>`case when withdrawn_at <= now() then 'withdrawn' when valid_from > now() then 'not_yet' when valid_until <= now() then 'ended' else 'in_force' end`;

/** What is on record for any of these datasets. */
export async function listConsentsFor(tx: Tx, datasets: readonly string[]): Promise<ConsentRecord[]> {
  const rows = await tx.selectFrom("app.llm_consents").selectAll().where(names(datasets)).execute();
  return rows.map((row) => ({
    id: row.id, steward: row.steward, datasets: row.datasets, purposes: Purposes.parse(row.purposes), validFrom: row.valid_from, validUntil: row.valid_until, withdrawnAt: row.withdrawn_at,
  }));
}

/** Those that fit all filters, newest first. */
export async function listConsents(tx: Tx, { dataset, state: wanted }: Pick<ConsentQuery, "dataset" | "state">, { before, limit }: { before: string | null; limit: number }): Promise<ConsentView[]> {
  let query = tx.selectFrom("app.llm_consents").selectAll().select(state.as("state"));
  if (dataset !== undefined) query = query.where(names([dataset]));
  if (wanted !== undefined) query = query.where(state, "=", wanted);
  if (before !== null) query = query.where("id", "<", before);
  const rows = await query.orderBy("id", "desc").limit(limit).execute();
  return rows.map(viewOf);
}

export async function insertConsent(tx: Tx, id: string, { steward, datasets, purposes, validFrom, validUntil, evidence }: ConsentInput): Promise<ConsentView> {
  const values = { id, steward, datasets: [...new Set(datasets)], purposes: [...new Set(purposes)], valid_from: new Date(validFrom), valid_until: validUntil === null ? null : new Date(validUntil), evidence };
  return viewOf(await tx.insertInto("app.llm_consents").values(values).returningAll().returning(state.as("state")).executeTakeFirstOrThrow());
}

/** Withdraws one that is given; answers it, or null when there is none that is. */
export async function withdrawConsent(tx: Tx, id: string): Promise<ConsentView | null> {
  const row = await tx.updateTable("app.llm_consents").set({ withdrawn_at: sql<Date>`now()` }).where("id", "=", id).where("withdrawn_at", "is", null).returningAll().returning(state.as("state")).executeTakeFirst();
  return row ? viewOf(row) : null;
}

function viewOf(row: Selectable<Schema["app.llm_consents"]> & Pick<ConsentView, "state">): ConsentView {
  return {
    id: row.id, steward: row.steward, datasets: row.datasets, purposes: Purposes.parse(row.purposes), validFrom: row.valid_from.toISOString(), validUntil: row.valid_until?.toISOString() ?? null,
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null, state: row.state, evidence: row.evidence, createdAt: row.created_at.toISOString(),
  };
}

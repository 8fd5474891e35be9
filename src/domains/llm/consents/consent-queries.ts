import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { dataPurposes, type ConsentRecord } from "#domains/llm/policy/governance.ts";
import type { ConsentInput, ConsentView } from "./consent-schema.ts";

const Purposes = z.array(z.enum(dataPurposes));

/** What is on record for any of these datasets. */
export async function listConsentsFor(tx: Tx, datasets: readonly string[]): Promise<ConsentRecord[]> {
  const rows = await tx.selectFrom("app.llm_consents").selectAll().where("datasets", "&&", sql<string[]>`${[...datasets]}::text[]`).execute();
  return rows.map((row) => ({
    id: row.id, steward: row.steward, datasets: row.datasets, purposes: Purposes.parse(row.purposes), validFrom: row.valid_from, validUntil: row.valid_until, withdrawnAt: row.withdrawn_at,
  }));
}

/** The newest 500. */
export async function listConsents(tx: Tx): Promise<ConsentView[]> {
  const rows = await tx.selectFrom("app.llm_consents").selectAll().orderBy("id", "desc").limit(500).execute();
  return rows.map(viewOf);
}

export async function insertConsent(tx: Tx, id: string, { steward, datasets, purposes, validFrom, validUntil, evidence }: ConsentInput): Promise<ConsentView> {
  const values = { id, steward, datasets: [...new Set(datasets)], purposes: [...new Set(purposes)], valid_from: new Date(validFrom), valid_until: validUntil === null ? null : new Date(validUntil), evidence };
  return viewOf(await tx.insertInto("app.llm_consents").values(values).returningAll().executeTakeFirstOrThrow());
}

/** Withdraws one that is given; answers it, or null when there is none that is. */
export async function withdrawConsent(tx: Tx, id: string): Promise<ConsentView | null> {
  const row = await tx.updateTable("app.llm_consents").set({ withdrawn_at: sql<Date>`now()` }).where("id", "=", id).where("withdrawn_at", "is", null).returningAll().executeTakeFirst();
  return row ? viewOf(row) : null;
}

interface Row {
  id: string; steward: string; datasets: string[]; purposes: string[]; valid_from: Date; valid_until: Date | null; withdrawn_at: Date | null; evidence: string; created_at: Date;
}

function viewOf(row: Row): ConsentView {
  return {
    id: row.id, steward: row.steward, datasets: row.datasets, purposes: Purposes.parse(row.purposes), validFrom: row.valid_from.toISOString(),
    validUntil: row.valid_until?.toISOString() ?? null, withdrawnAt: row.withdrawn_at?.toISOString() ?? null, evidence: row.evidence, createdAt: row.created_at.toISOString(),
  };
}

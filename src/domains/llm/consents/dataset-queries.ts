import { sql, type Selectable } from "kysely";
import { z } from "zod";
import type { Schema } from "#platform/db/schema.ts";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { governedTags } from "#domains/llm/policy/governance.ts";
import type { GovernedDatasetInput, GovernedDatasetView } from "./dataset-schema.ts";

const Tags = z.array(z.enum(governedTags));

/** All of them, by id; of these ids where given. */
export async function listGoverned(tx: Tx, ids?: readonly string[]): Promise<GovernedDatasetView[]> {
  const rows = await tx.selectFrom("app.llm_governed_datasets").selectAll().$if(ids !== undefined, (query) => query.where("id", "in", [...(ids ?? [])])).orderBy("id").execute();
  return rows.map(viewOf);
}

export async function findGoverned(tx: Tx, id: string): Promise<GovernedDatasetView | null> {
  const [row] = await listGoverned(tx, [id]);
  return row ?? null;
}

/** Null where there is one already. */
export async function insertGoverned(tx: Tx, id: string, input: GovernedDatasetInput): Promise<GovernedDatasetView | null> {
  const row = await tx.insertInto("app.llm_governed_datasets").values({ id, ...columnsOf(input) }).onConflict((conflict) => conflict.column("id").doNothing()).returningAll().executeTakeFirst();
  return row ? viewOf(row) : null;
}

/** Changes one of this version; null where there is none. */
export async function updateGoverned(tx: Tx, id: string, version: number, input: GovernedDatasetInput): Promise<GovernedDatasetView | null> {
  const row = await tx.updateTable("app.llm_governed_datasets").set({ ...columnsOf(input), version: version + 1 }).where("id", "=", id).where("version", "=", version).returningAll().executeTakeFirst();
  return row ? viewOf(row) : null;
}

/** Deletes one of this version; answers whether it was one. */
export async function deleteGoverned(tx: Tx, id: string, version: number): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom("app.llm_governed_datasets").where("id", "=", id).where("version", "=", version).executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}

function columnsOf({ steward, tags, reason }: GovernedDatasetInput) {
  return { steward, tags: [...new Set(tags)], reason, updated_at: sql<Date>`now()` };
}

function viewOf({ id, steward, tags, reason, version, governed_since, updated_at }: Selectable<Schema["app.llm_governed_datasets"]>): GovernedDatasetView {
  return { id, steward, tags: Tags.parse(tags), reason, version, governedSince: governed_since.toISOString(), updatedAt: updated_at.toISOString() };
}

import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { governedTags } from "#domains/llm/policy/governance.ts";
import type { GovernedDatasetInput, GovernedDatasetView } from "./dataset-schema.ts";

const Tags = z.array(z.enum(governedTags));

/** All of them, by id; of these ids where given. */
export async function listGoverned(tx: Tx, ids?: readonly string[]): Promise<GovernedDatasetView[]> {
  const rows = await tx.selectFrom("app.llm_governed_datasets").selectAll().$if(ids !== undefined, (query) => query.where("id", "in", [...(ids ?? [])])).orderBy("id").execute();
  return rows.map(viewOf);
}

/** Puts one in the place of what stood there; answers both. */
export async function upsertGoverned(tx: Tx, id: string, { steward, tags, reason }: GovernedDatasetInput): Promise<{ before: GovernedDatasetView | null; after: GovernedDatasetView }> {
  const [before] = await listGoverned(tx, [id]);
  const values = { steward, tags: [...new Set(tags)], reason, updated_at: sql<Date>`now()` };
  const row = await tx.insertInto("app.llm_governed_datasets").values({ id, ...values }).onConflict((conflict) => conflict.column("id").doUpdateSet(values)).returningAll().executeTakeFirstOrThrow();
  return { before: before ?? null, after: viewOf(row) };
}

/** Answers what stood there; null where nothing did. */
export async function deleteGoverned(tx: Tx, id: string): Promise<GovernedDatasetView | null> {
  const row = await tx.deleteFrom("app.llm_governed_datasets").where("id", "=", id).returningAll().executeTakeFirst();
  return row ? viewOf(row) : null;
}

function viewOf({ id, steward, tags, reason, updated_at }: { id: string; steward: string | null; tags: string[]; reason: string; updated_at: Date }): GovernedDatasetView {
  return { id, steward, tags: Tags.parse(tags), reason, updatedAt: updated_at.toISOString() };
}

import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";

/** The organisation of the user's memberships that is asked for, else the one joined first; null without any. */
export async function findActiveOrganisation(tx: Tx, userId: string, asked: string | null): Promise<string | null> {
  const row = await tx
    .selectFrom("app.memberships")
    .select("tenant_id")
    .where("user_id", "=", userId)
    .orderBy(sql`(tenant_id = ${asked}) is true`, "desc")
    .orderBy("created_at")
    .orderBy("tenant_id")
    .limit(1)
    .executeTakeFirst();
  return row?.tenant_id ?? null;
}

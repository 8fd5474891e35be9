import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "#platform/db/unit-of-work.ts";
import type { Activity } from "./organisation-schema.ts";

const Change = z.record(z.string(), z.unknown()).nullable();
const Row = z.object({
  id: z.uuid(), at: z.date(), actor_role: z.string(), actor_id: z.string().nullable(), actor_name: z.string().nullable(), action: z.string(),
  target: z.string(), target_name: z.string().nullable(), before: Change, after: Change, request_id: z.uuid().nullable(),
});

export interface ActivityFilter {
  action: string | null;
  actor: string | null;
  /** Inclusive. */
  from: Date | null;
  /** Exclusive. */
  until: Date | null;
}

/** Not every actor and target is a row with an id. */
function asUuid(column: string) {
  return sql`case when ${sql.ref(column)} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then ${sql.ref(column)}::uuid end`;
}

/** What was done in the organisation, newest first, before the row with this id. */
export async function listActivity(tx: Tx, tenantId: string, { action, actor, from, until }: ActivityFilter, before: string | null, limit: number): Promise<Activity[]> {
  const { rows } = await sql`
    select entry.id, entry.at, entry.actor_role, entry.actor_id, coalesce(nullif(actor.name, ''), actor.email) as actor_name, entry.action,
      entry.target, coalesce(nullif(target.name, ''), target.email) as target_name, entry.before, entry.after, entry.request_id
    from app.audit_log entry
      left join app.users actor on actor.id = ${asUuid("entry.actor_id")}
      left join app.users target on target.id = ${asUuid("entry.target")}
    where entry.tenant_id = ${tenantId}
      and ${before === null ? sql`true` : sql`entry.id < ${before}::uuid`}
      and ${action === null ? sql`true` : sql`entry.action = ${action}`}
      and ${actor === null ? sql`true` : sql`entry.actor_id = ${actor}`}
      and ${from === null ? sql`true` : sql`entry.at >= ${from}`}
      and ${until === null ? sql`true` : sql`entry.at < ${until}`}
    order by entry.id desc limit ${limit}`.execute(tx);
  return rows.map((row) => {
    const { at, actor_role: kind, actor_id: id, actor_name: name, target_name: targetName, request_id: requestId, ...rest } = Row.parse(row);
    return { ...rest, at: at.toISOString(), actor: { kind, id, name }, targetName, requestId };
  });
}

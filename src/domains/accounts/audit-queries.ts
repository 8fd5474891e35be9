import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { beginningWith } from "./like-pattern.ts";
import { AuditEntry, type AuditFilters } from "./audit-schema.ts";

const Fields = AuditEntry.shape.before;
const estOffset = "-05:00";
const dayMs = 86_400_000;

/** What is done, who did it and to what, the newest first, before `beforeId`. */
export async function listAudit(tx: Tx, { actor, action, target, organisation, from, to, request }: AuditFilters, limit: number, beforeId?: string): Promise<AuditEntry[]> {
  const rows = await tx
    .selectFrom("app.audit_log as entry")
    .leftJoin("app.admin_users as admin", (join) => join.on(sql<boolean>`admin.id = (case entry.actor_role when 'admin' then entry.actor_id end)::uuid`))
    .leftJoin("app.users as person", (join) => join.on(sql<boolean>`person.id = (case entry.actor_role when 'authenticated' then entry.actor_id end)::uuid`))
    .leftJoin("app.organisations as organisation", "organisation.id", "entry.tenant_id")
    .select([
      "entry.id", "entry.at", "entry.actor_role", "entry.actor_id", "entry.tenant_id", "entry.action", "entry.target", "entry.before", "entry.after", "entry.request_id",
      "organisation.name as organisation", sql<string | null>`coalesce(admin.email, person.email)`.as("actor"),
    ])
    .$if(actor !== undefined, (query) => query.where(sql<boolean>`(entry.actor_id = ${actor}
      or entry.actor_id in (select id::text from app.admin_users where email = lower(${actor}) union all select id::text from app.users where lower(email) = lower(${actor})))`))
    .$if(action !== undefined, (query) => query.where("entry.action", "like", beginningWith(action ?? "")))
    .$if(target !== undefined, (query) => query.where("entry.target", "like", beginningWith(target ?? "")))
    .$if(organisation !== undefined, (query) => query.where("entry.tenant_id", "=", organisation ?? ""))
    .$if(request !== undefined, (query) => query.where("entry.request_id", "=", request ?? ""))
    .$if(from !== undefined, (query) => query.where("entry.at", ">=", new Date(momentOf(from ?? ""))))
    .$if(to !== undefined, (query) => query.where("entry.at", "<", new Date(momentOf(to ?? "") + (isDay(to ?? "") ? dayMs : 0))))
    .$if(beforeId !== undefined, (query) => query.where("entry.id", "<", beforeId ?? ""))
    .orderBy("entry.id", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    actor: { role: row.actor_role, id: row.actor_id, name: row.actor },
    organisation: row.tenant_id === null ? null : { id: row.tenant_id, name: row.organisation },
    action: row.action,
    target: row.target,
    before: Fields.parse(row.before),
    after: Fields.parse(row.after),
    requestId: row.request_id,
  }));
}

const isDay = (bound: string) => z.iso.date().safeParse(bound).success;
const momentOf = (bound: string) => Date.parse(isDay(bound) ? `${bound}T00:00:00${estOffset}` : bound);

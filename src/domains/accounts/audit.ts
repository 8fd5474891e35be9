import { pageOf } from "#lib/cursor.ts";
import { csvRow } from "#lib/csv.ts";
import type { Admin } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import * as queries from "./audit-queries.ts";
import type { AuditEntry, AuditFilters, AuditQuery } from "./audit-schema.ts";

const exportPageSize = 1_000;

/** A page of the audit log, the newest first. */
export async function listAudit(admin: Admin, { cursor, limit, ...filters }: AuditQuery): Promise<{ entries: AuditEntry[]; next: string | null }> {
  const found = await db.as(admin, (tx) => queries.listAudit(tx, filters, limit + 1, cursor?.[0]));
  const { items: rows, nextCursor: next } = pageOf(found, limit, ({ id }) => [id]);
  return { entries: rows, next };
}

/** The audit log as CSV, the newest first, a thousand rows at a time: each piece is read once the one before is written. */
export async function* exportAudit(admin: Admin, filters: AuditFilters): AsyncGenerator<string, void> {
  yield csvRow(["time", "actor role", "actor", "actor id", "organisation", "organisation id", "action", "target", "before", "after", "request"]);
  let last: string | undefined;
  for (;;) {
    const before = last;
    const rows = await db.as(admin, (tx) => queries.listAudit(tx, filters, exportPageSize, before));
    if (rows.length > 0) yield rows.map(toCsv).join("");
    last = rows.at(-1)?.id;
    if (rows.length < exportPageSize) return;
  }
}

function toCsv({ at, actor, organisation, action, target, before, after, requestId }: AuditEntry): string {
  const json = (fields: AuditEntry["before"]) => (fields === null ? "" : JSON.stringify(fields));
  return csvRow([at, actor.role, actor.name ?? "", actor.id ?? "", organisation?.name ?? "", organisation?.id ?? "", action, target, json(before), json(after), requestId ?? ""]);
}

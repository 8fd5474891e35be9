import { pageOf } from "#lib/cursor.ts";
import type { Member } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import * as queries from "./activity-queries.ts";
import type { Activity, ActivityQuery } from "./organisation-schema.ts";

/** A page of what was done in the organisation, newest first. */
export async function listActivity(principal: Member, query: ActivityQuery): Promise<{ activity: Activity[]; nextCursor: string | null }> {
  const { cursor, limit, action, actor, from, to } = query;
  const [before = null] = cursor ?? [];
  const filter = { action: action ?? null, actor: actor ?? null, from: from === undefined ? null : startOf(from), until: to === undefined ? null : endOf(to) };
  const rows = await db.as(principal, (tx) => queries.listActivity(tx, principal.tenantId, filter, before, limit + 1));
  const { items, nextCursor } = pageOf(rows, limit, ({ id }) => [id]);
  return { activity: items, nextCursor };
}

const dayMs = 86_400_000;
const isDate = (moment: string) => moment.length === "2026-01-01".length;

/** Days are those of Eastern Standard Time, as the interface shows times. */
function startOf(moment: string): Date {
  return new Date(isDate(moment) ? `${moment}T00:00:00-05:00` : moment);
}

function endOf(moment: string): Date {
  return new Date(startOf(moment).getTime() + (isDate(moment) ? dayMs : 0));
}

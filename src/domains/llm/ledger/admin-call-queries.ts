import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { callColumns, pageOfCalls, toCall } from "./call-queries.ts";
import type { AdminCall, CallDetail, CallFilters } from "./ledger-schema.ts";

/** Ids count from 1970. */
const floorOf = (day: string) => sql<string>`app.uuid_v7_floor(greatest(${day}::date, '1970-01-01')::timestamp at time zone 'UTC')`;

const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** Calls of everybody that fit all filters, newest first. */
export async function listCalls(tx: Tx, filters: CallFilters, { before, limit }: { before: string | null; limit: number }): Promise<AdminCall[]> {
  const { outcome, endpoint, provider, model, organisation, source, flag, from, to } = filters;
  let query = tx.selectFrom("app.llm_call_log as call").select(callColumns);
  if (outcome !== undefined) query = query.where("call.outcome", "=", outcome);
  if (endpoint !== undefined) query = query.where("call.endpoint", "=", endpoint);
  if (provider !== undefined) query = query.where("call.provider", "=", provider);
  if (model !== undefined) query = query.where("call.model", "=", model);
  if (organisation !== undefined) query = query.where("call.tenant_id", "=", organisation);
  if (source !== undefined) query = query.where("call.source", "=", source);
  if (flag === "estimated") query = query.where("call.usage_estimated", "=", true);
  if (flag === "unpriced") query = query.where(sql<boolean>`cardinality(call.unpriced) > 0`);
  if (from !== undefined) query = query.where("call.id", ">=", floorOf(from));
  if (to !== undefined) query = query.where("call.id", "<", floorOf(dayAfter(to)));
  const rows = await pageOfCalls(query, before, limit)
    .select(["call.expired", (own) => own.selectFrom("app.organisations").select("name").whereRef("id", "=", "call.tenant_id").as("organisation")])
    .execute();
  return rows.map(({ organisation: name, expired, ...row }) => ({ ...toCall(row), organisation: name, expired }));
}

/** One call with what was said of it; null when the ledger doesn't have it. */
export async function findCall(tx: Tx, id: string): Promise<CallDetail | null> {
  const row = await tx
    .selectFrom("app.llm_call_log as call")
    .leftJoin("app.organisations as organisation", "organisation.id", "call.tenant_id")
    .leftJoin("app.llm_feedback as feedback", "feedback.call_id", "call.id")
    .select(callColumns)
    .select(["call.expired", "organisation.name as organisation", "feedback.helpful", "feedback.comment"])
    .where("call.id", "=", id)
    .executeTakeFirst();
  if (!row) return null;
  const { organisation, expired, helpful, comment, ...call } = row;
  return { ...toCall(call), organisation, expired, feedback: helpful === null ? null : { helpful, comment } };
}

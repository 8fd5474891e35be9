import { sql, type SelectQueryBuilder } from "kysely";
import type { Schema } from "#platform/db/schema.ts";
import type { Tx } from "#platform/db/unit-of-work.ts";
import { type CallEntry, LoggedCall } from "./ledger-schema.ts";

/** An entry under the names of the ledger's columns. */
export function rowOf(entry: CallEntry) {
  return {
    id: entry.id, tenant_id: entry.tenantId, principal_kind: entry.principalKind, principal_id: entry.principalId, source: entry.source,
    endpoint: entry.endpoint, provider: entry.provider, model: entry.model, prompt_id: entry.promptId, prompt_version: entry.promptVersion,
    outcome: entry.outcome, error_code: entry.errorCode, usage: entry.usage, usage_estimated: entry.usageEstimated, cost_usd: entry.costUsd,
    charged_usd: entry.chargedUsd, saved_usd: entry.savedUsd, price_version: entry.priceVersion, unpriced: entry.unpriced, reserved_usd: entry.reservedUsd,
    cache_hit: entry.cacheHit, duration_ms: entry.durationMs, first_token_ms: entry.firstTokenMs, redaction_summary: entry.redactionSummary,
    policy_category: entry.policyCategory, trace_id: entry.traceId,
  };
}

/** Adds a row. Throws where its month has no partition yet, and where its id stands already. */
export async function insertCall(tx: Tx, entry: CallEntry): Promise<void> {
  const { usage, redaction_summary: redactions, ...row } = rowOf(entry);
  await tx
    .insertInto("app.llm_call_log")
    .values({ ...row, usage: usage === null ? null : JSON.stringify(usage), redaction_summary: JSON.stringify(redactions) })
    .execute();
}

/** Makes the partition that calls of this time go into. */
export async function ensureMonth(tx: Tx, at: Date): Promise<void> {
  await sql`select app.ensure_call_month(${at})`.execute(tx);
}

/** Every part of an entry, under the names of LoggedCall. */
export const callColumns = [
  "call.id", "call.at", "call.tenant_id as tenantId", "call.principal_kind as principalKind", "call.principal_id as principalId", "call.source", "call.endpoint",
  "call.provider", "call.model", "call.prompt_id as promptId", "call.prompt_version as promptVersion", "call.outcome", "call.error_code as errorCode", "call.usage",
  "call.usage_estimated as usageEstimated", "call.cost_usd as costUsd", "call.charged_usd as chargedUsd", "call.saved_usd as savedUsd",
  "call.price_version as priceVersion", "call.unpriced", "call.reserved_usd as reservedUsd", "call.cache_hit as cacheHit", "call.duration_ms as durationMs",
  "call.first_token_ms as firstTokenMs", "call.redaction_summary as redactionSummary", "call.policy_category as policyCategory", "call.trace_id as traceId",
] as const;

/** A row with callColumns as an entry. */
export function toCall({ at, ...row }: { at: Date } & Record<string, unknown>): LoggedCall {
  return LoggedCall.parse({ ...row, at: at.toISOString() });
}

type Calls<Row> = SelectQueryBuilder<Schema & { call: Schema["app.llm_call_log"] }, "call", Row>;

/** Newest first, below an id, as many as fit. */
export function pageOfCalls<Row>(query: Calls<Row>, before: string | null, limit: number): Calls<Row> {
  const ordered = query.orderBy("call.id", "desc").limit(limit);
  return before === null ? ordered : ordered.where("call.id", "<", before);
}

/** Calls of one caller, newest first; the unit of work's row security bounds what there is. */
export async function listCallsOf(
  tx: Tx, caller: { kind: string; id: string }, { endpoint, before, limit }: { endpoint: string | undefined; before: string | null; limit: number },
): Promise<LoggedCall[]> {
  const query = tx.selectFrom("app.llm_call_log as call").select(callColumns).where("call.principal_id", "=", caller.id).where("call.principal_kind", "=", caller.kind);
  const page = pageOfCalls(query, before, limit);
  return (await (endpoint === undefined ? page : page.where("call.endpoint", "=", endpoint)).execute()).map(toCall);
}

/** Who made a call; null when the ledger doesn't have it. */
export async function findCallerOf(tx: Tx, id: string) {
  return (await tx.selectFrom("app.llm_call_log").select(["tenant_id as tenantId", "principal_kind as principalKind", "principal_id as principalId"]).where("id", "=", id).executeTakeFirst()) ?? null;
}

/** Keeps what a caller said of a call; what they said before is gone. */
export async function upsertFeedback(tx: Tx, row: { callId: string; tenantId: string | null; principalKind: string; principalId: string | null; helpful: boolean; comment: string | null }): Promise<void> {
  await tx
    .insertInto("app.llm_feedback")
    .values({ call_id: row.callId, tenant_id: row.tenantId, principal_kind: row.principalKind, principal_id: row.principalId, helpful: row.helpful, comment: row.comment })
    .onConflict((conflict) => conflict.column("call_id").doUpdateSet({ helpful: row.helpful, comment: row.comment }))
    .execute();
}

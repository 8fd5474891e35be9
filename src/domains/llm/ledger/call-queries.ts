import { sql } from "kysely";
import type { Tx } from "#platform/db/unit-of-work.ts";
import type { CallEntry } from "./ledger-schema.ts";

/** Adds a row. Throws where its month has no partition yet (isWithoutMonth), and where its id stands already. */
export async function insertCall(tx: Tx, entry: CallEntry): Promise<void> {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  await tx
    .insertInto("app.llm_call_log")
    .values({
      id: entry.id, tenant_id: entry.tenantId, principal_kind: entry.principalKind, principal_id: entry.principalId, source: entry.source,
      endpoint: entry.endpoint, provider: entry.provider, model: entry.model, prompt_id: entry.promptId, prompt_version: entry.promptVersion,
      outcome: entry.outcome, error_code: entry.errorCode, usage: json(entry.usage), usage_estimated: entry.usageEstimated, cost_usd: entry.costUsd,
      charged_usd: entry.chargedUsd, saved_usd: entry.savedUsd, price_version: entry.priceVersion, unpriced: entry.unpriced, reserved_usd: entry.reservedUsd,
      cache_hit: entry.cacheHit, duration_ms: entry.durationMs, first_token_ms: entry.firstTokenMs, redaction_summary: JSON.stringify(entry.redactionSummary),
      policy_category: entry.policyCategory, trace_id: entry.traceId,
    })
    .execute();
}

/** Makes the partition that calls of this time go into. */
export async function ensureMonth(tx: Tx, at: Date): Promise<void> {
  await sql`select app.ensure_call_month(${at})`.execute(tx);
}

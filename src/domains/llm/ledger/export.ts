import { csvRow } from "#lib/csv.ts";
import type { Admin } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { completionTokens, promptTokens } from "../usage.ts";
import { listCalls } from "./admin-call-queries.ts";
import { readModelSpend } from "./admin-ledger.ts";
import type { AdminCall, CallFilters, SpendQuery } from "./ledger-schema.ts";

const pageSize = 1_000;

/** Model calls as CSV, newest first, a thousand rows at a time: each piece is read once the one before is written. Times are UTC, amounts exact US dollars. */
export async function* exportModelCalls(admin: Admin, filters: CallFilters): AsyncGenerator<string, void> {
  yield csvRow([
    "id", "time", "caller", "organisation", "organisation id", "endpoint", "provider", "model", "prompt", "prompt version", "outcome", "error", "policy", "duration ms", "first token ms",
    "tokens in", "tokens out", "cost usd", "charged usd", "saved usd", "without usage", "without a price", "trace",
  ]);
  let last: string | null = null;
  for (;;) {
    const before: string | null = last;
    const rows: AdminCall[] = await db.as(admin, (tx) => listCalls(tx, filters, { before, limit: pageSize }));
    if (rows.length > 0) yield rows.map(callRow).join("");
    last = rows.at(-1)?.id ?? null;
    if (rows.length < pageSize) return;
  }
}

function callRow(call: AdminCall): string {
  const { usage } = call;
  return csvRow([
    call.id, call.at, call.principalKind, call.organisation, call.tenantId, call.endpoint, call.provider, call.model, call.promptId, call.promptVersion, call.outcome, call.errorCode, call.policyCategory, call.durationMs, call.firstTokenMs,
    usage && promptTokens(usage), usage && completionTokens(usage), call.costUsd, call.chargedUsd, call.savedUsd, String(call.usageEstimated), call.unpriced.join(" "), call.traceId,
  ]);
}

/** What calls of a span of UTC days cost, as CSV, a row for each day with calls; amounts are exact US dollars. */
export async function* exportModelSpend(admin: Admin, query: SpendQuery): AsyncGenerator<string, void> {
  yield csvRow(["day", "calls", "failed", "refused", "from the cache", "tokens in", "tokens out", "charged usd", "saved usd", "without usage", "without a price"]);
  const { days } = await readModelSpend(admin, query);
  for (const day of days) {
    yield csvRow([
      day.day, day.calls, day.failures, day.refusals, day.cacheHits, day.promptTokens, day.completionTokens, day.chargedUsd, day.savedUsd, day.estimated, day.unpriced,
    ]);
  }
}

import { AppError } from "#lib/errors.ts";
import { system, type Principal } from "#platform/auth/principal.ts";
import { db, type Tx } from "#platform/db/unit-of-work.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { limiterKey } from "#platform/security/limits.ts";
import { insertCall } from "../ledger/call-queries.ts";
import { callerOf, type Caller } from "../ledger/caller.ts";
import type { CallEntry } from "../ledger/ledger-schema.ts";
import { countCall, timeOf, withMonth } from "../ledger/record.ts";
import { costOf } from "../prices/prices.ts";
import type { CallOutcome, Reservation, ReserveRequest } from "./budget-schema.ts";
import { countCallOfDay } from "./quota-queries.ts";
import { reserveRoom, settleRoom, type Refusal } from "./reservation-queries.ts";

const treasurer = system("llm.budgets");
/** When others may have given back what they hold. */
const roomLaterSeconds = 5;

/**
 * Counts a call against its caller's daily quota and holds the most that it can cost in every budget it belongs to, in one short
 * unit of work: all of it or nothing. Calls at the same moment never hold more than a budget has.
 * Throws RATE_LIMITED for the quota, BUDGET_EXCEEDED for a budget (both with the seconds to wait), DATABASE_UNAVAILABLE when the
 * books can't be reached: then nobody may call.
 */
export async function reserve(principal: Principal, request: ReserveRequest): Promise<Reservation> {
  const caller = callerOf(principal);
  await db.as(treasurer, async (tx) => {
    await requireQuota(tx, caller, request.address);
    const refusal = await reserveRoom(tx, caller, request);
    if (refusal) throw overBudget(refusal);
  });
  metrics().llmBudgetDecisions.inc({ decision: "admitted", period: "any" });
  const { callId, endpoint, provider, model, mostUsd } = request;
  return { ...caller, callId, endpoint, provider, model, reservedUsd: mostUsd };
}

async function requireQuota(tx: Tx, { principalKind, principalId }: Caller, address: string | undefined): Promise<void> {
  const subject = principalId ?? address;
  if (subject === undefined) return;
  const quota = await countCallOfDay(tx, principalKind, limiterKey("llm-day", `${principalKind} ${subject}`));
  if (!quota || quota.allowed) return;
  throw new AppError("RATE_LIMITED", {
    detail: "The number of model calls for today is used up. It begins anew at midnight UTC.",
    retryAfterSeconds: Math.max(1, Math.ceil((quota.resets_at.getTime() - Date.now()) / 1_000)),
  });
}

function overBudget({ ofTenant, provider, period, roomLater, renewsInSeconds }: Refusal): AppError {
  metrics().llmBudgetDecisions.inc({ decision: ofTenant ? "refused_organisation" : provider ? "refused_provider" : "refused_everybody", period });
  const whose = ofTenant ? "Your organisation's" : "This installation's";
  const detail = roomLater
    ? `${whose} budget for language models is held by calls that run now. Try again in some seconds.`
    : `${whose} budget for language models is used up for this ${period}. It renews at midnight UTC${period === "month" ? " on the first of next month" : ""}.`;
  return new AppError("BUDGET_EXCEEDED", { detail, retryAfterSeconds: roomLater ? roomLaterSeconds : Math.max(1, renewsInSeconds) });
}

/**
 * Books what a call cost, gives back the rest of what it held, and writes its row into the ledger, in one unit of work. A call that
 * reached a model but told no usage, or used what has no price, is charged the most that was reserved, and says so. Settling again
 * changes nothing; settling after the lease ran out corrects what was charged then. Answers the row.
 */
export async function settle(reservation: Reservation, outcome: CallOutcome): Promise<CallEntry> {
  const entry = await entryOf(reservation, outcome);
  const written = await withMonth(entry.id, async (tx) => {
    const settled = await settleRoom(tx, entry.id, entry.chargedUsd, entry.provider ?? reservation.provider);
    if (settled) await insertCall(tx, entry);
    return settled;
  });
  if (written) countCall(entry);
  return entry;
}

async function entryOf(reservation: Reservation, outcome: CallOutcome): Promise<CallEntry> {
  const { callId: id, tenantId, principalKind, principalId, endpoint, reservedUsd } = reservation;
  const { provider = reservation.provider, model = reservation.model, usage, serviceTier, reachedModel } = outcome;
  const cost = usage ? await costOf({ provider, model, usage, serviceTier, at: timeOf(id) }) : null;
  const costUsd = cost?.costUsd ?? (reachedModel || usage ? null : "0");
  return {
    id, tenantId, principalKind, principalId, source: "gateway", endpoint, provider, model,
    promptId: outcome.promptId ?? null, promptVersion: outcome.promptVersion ?? null,
    outcome: outcome.outcome, errorCode: outcome.errorCode ?? null,
    usage, usageEstimated: usage === null && reachedModel, costUsd, chargedUsd: costUsd ?? reservedUsd ?? "0", savedUsd: outcome.savedUsd ?? null,
    priceVersion: cost?.priceVersion ?? null, unpriced: cost?.unpriced ?? [], reservedUsd, cacheHit: outcome.outcome === "cached",
    durationMs: Math.round(outcome.durationMs), firstTokenMs: outcome.firstTokenMs == null ? null : Math.round(outcome.firstTokenMs),
    redactionSummary: outcome.redactionSummary ?? {}, policyCategory: outcome.policyCategory ?? null, traceId: outcome.traceId ?? null,
  };
}

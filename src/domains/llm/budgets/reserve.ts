import { AppError, isAppError } from "#lib/errors.ts";
import { inBatches } from "#lib/in-batches.ts";
import { processWide } from "#lib/process-wide.ts";
import { system, type Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { limitedNetwork } from "#platform/http/client-address.ts";
import { metrics } from "#platform/observability/metrics.ts";
import { limiterKey, LimitReached } from "#platform/security/limits.ts";
import { callerOf, type Caller } from "../ledger/caller.ts";
import type { CallEntry } from "../ledger/ledger-schema.ts";
import { countCall, timeOf, withMonths } from "../ledger/record.ts";
import { costOf } from "../prices/prices.ts";
import { listQuotas } from "./budget-queries.ts";
import type { CallOutcome, Reservation, ReserveRequest } from "./budget-schema.ts";
import { reserveRooms, settleRooms, type Refusal } from "./reservation-queries.ts";

/** The quota's name to those whom it refuses. */
const quotaName = "llm-day";
/** When others may have given back what they hold. */
const roomLaterSeconds = 5;
/** Calls that are booked together at most. */
const most = 100;

/** A database that doesn't answer won't answer each of them either. */
const triesAlone = (error: unknown) => !isAppError(error);
const reserving = () => processWide("llm-reserving", () => inBatches({ most, triesAlone, run: reserveRooms }));
const settling = () => processWide("llm-settling", () => inBatches({ most, triesAlone, run: (entries: readonly CallEntry[]) => withMonths(entries.map(({ id }) => id), () => settleRooms(entries)) }));

/**
 * Counts a call, once however many requests it takes, against its caller's daily quota, and holds the most that a request can cost in
 * every budget it belongs to: all of it or nothing, in one message to the database, together with the calls that came while the last
 * one ran. Calls at the same moment never hold more than a budget has; who gives up before their turn is not counted.
 * Throws RATE_LIMITED for the quota, BUDGET_EXCEEDED for a budget (both with the seconds to wait), DATABASE_UNAVAILABLE when the
 * books can't be reached: then nobody may call; and the signal's reason.
 */
export async function reserve(principal: Principal, { address, counted = false, ...request }: ReserveRequest, signal?: AbortSignal): Promise<Reservation> {
  const caller = callerOf(principal);
  const refusal = await reserving()({ ...request, caller, subject: counted ? null : subjectOf(caller, address) }, signal);
  if (refusal) throw refusal.by === "quota" ? await overQuota(refusal, caller) : overBudget(refusal);
  metrics().llmBudgetDecisions.inc({ decision: "admitted", period: "any" });
  const { callId, endpoint, provider, model, mostUsd } = request;
  return { ...caller, callId, endpoint, provider, model, reservedUsd: mostUsd };
}

function subjectOf({ principalKind, principalId }: Caller, address: string | undefined): string | null {
  const who = principalId ?? (address === undefined ? undefined : limitedNetwork(address));
  return who === undefined ? null : limiterKey(quotaName, `${principalKind} ${who}`);
}

async function overQuota({ renewsInSeconds }: Extract<Refusal, { by: "quota" }>, { principalKind }: Caller): Promise<AppError> {
  const quotas = await db.as(system("llm.quotas"), listQuotas);
  const limit = quotas.find(({ kind }) => kind === principalKind)?.callsPerDay ?? 0;
  const retryAfterMs = renewsInSeconds * 1_000;
  return new LimitReached({
    policy: { name: quotaName, limit, windowMs: 86_400_000 },
    decision: { allowed: false, limit, remaining: 0, resetAt: Date.now() + retryAfterMs, retryAfterMs, backend: "database" },
  }, "The number of model calls for today is used up. It begins anew at midnight UTC.");
}

function overBudget({ ofTenant, provider, period, roomLater, renewsInSeconds }: Extract<Refusal, { by: "budget" }>): AppError {
  metrics().llmBudgetDecisions.inc({ decision: ofTenant ? "refused_organisation" : provider ? "refused_provider" : "refused_everybody", period });
  const whose = ofTenant ? "Your organisation's" : "This installation's";
  const detail = roomLater
    ? `${whose} budget for language models is held by calls that run now. Try again in some seconds.`
    : `${whose} budget for language models is used up for this ${period}. It renews at midnight UTC${period === "month" ? " on the first of next month" : ""}.`;
  return new AppError("BUDGET_EXCEEDED", { detail, retryAfterSeconds: roomLater ? roomLaterSeconds : Math.max(1, renewsInSeconds) });
}

/**
 * Books what a call cost, gives back the rest of what it held, and writes its row into the ledger, in one unit of work that other calls
 * share. A call that reached a model but told no usage, or used what has no price, is charged the most that was reserved, and says so.
 * Settling again changes nothing; settling after the lease ran out corrects what was charged then. Answers the row.
 */
export async function settle(reservation: Reservation, outcome: CallOutcome): Promise<CallEntry> {
  const entry = await entryOf(reservation, outcome);
  if (await settling()(entry)) countCall(entry);
  return entry;
}

async function entryOf(reservation: Reservation, outcome: CallOutcome): Promise<CallEntry> {
  const { callId: id, tenantId, principalKind, principalId, endpoint, reservedUsd } = reservation;
  const { provider = reservation.provider, model = reservation.model, usage, serviceTier, reachedModel } = outcome;
  const cost = usage ? await costOf({ provider, model, asked: provider === reservation.provider ? reservation.model : undefined, usage, serviceTier, at: timeOf(id) }) : null;
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

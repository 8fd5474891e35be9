import { AppError } from "#lib/errors.ts";
import { system, type Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { findCallerOf, upsertFeedback } from "./call-queries.ts";
import { callerOf } from "./caller.ts";
import type { CallFeedbackRequest } from "./ledger-schema.ts";

/**
 * Keeps whether a call's answer helped; the last word counts. Callers speak of their own calls; a visitor's call has no other owner
 * than whoever knows its id. Throws NOT_FOUND for every other.
 */
export async function leaveCallFeedback(principal: Principal, { callId, helpful, comment }: CallFeedbackRequest): Promise<void> {
  const caller = callerOf(principal);
  await db.as(system("llm.feedback"), async (tx) => {
    const owner = await findCallerOf(tx, callId);
    const own = owner !== null && owner.principalKind === caller.principalKind && owner.principalId === caller.principalId && owner.tenantId === caller.tenantId;
    if (!own) throw new AppError("NOT_FOUND", { detail: "There is no such call of yours. It may be too old to be kept." });
    await upsertFeedback(tx, { callId, ...caller, helpful, comment: comment ?? null });
  });
}

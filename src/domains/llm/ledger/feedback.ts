import { AppError } from "#lib/errors.ts";
import { system, type Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { findCallerOf, upsertFeedback } from "./call-queries.ts";
import { callerOf } from "./caller.ts";
import type { CallFeedbackRequest } from "./ledger-schema.ts";

/** Keeps whether a call's answer helped, as keepCallFeedback. Throws NOT_FOUND for what isn't a call of theirs. */
export async function leaveCallFeedback(principal: Principal, feedback: CallFeedbackRequest): Promise<void> {
  if (await keepCallFeedback(principal, feedback)) return;
  throw new AppError("NOT_FOUND", { detail: "There is no such call of yours. It may be too old to be kept." });
}

/**
 * Keeps whether a call's answer helped; the last word counts. Callers speak of their own calls; a visitor's call has no other owner
 * than whoever knows its id. Answers whether it was such a call.
 */
export async function keepCallFeedback(principal: Principal, { callId, helpful, comment }: CallFeedbackRequest): Promise<boolean> {
  const caller = callerOf(principal);
  return db.as(system("llm.feedback"), async (tx) => {
    const owner = await findCallerOf(tx, callId);
    const own = owner !== null && owner.principalKind === caller.principalKind && owner.principalId === caller.principalId && owner.tenantId === caller.tenantId;
    if (own) await upsertFeedback(tx, { callId, ...caller, helpful, comment: comment ?? null });
    return own;
  });
}

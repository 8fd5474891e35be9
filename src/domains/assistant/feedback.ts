import { AppError } from "#lib/errors.ts";
import type { Principal } from "#platform/auth/principal.ts";
import { db } from "#platform/db/unit-of-work.ts";
import { keepCallFeedback } from "#domains/llm/server.ts";
import * as queries from "./queries.ts";
import type { AnswerFeedbackRequest } from "./schema.ts";

/** Stores whether an answer helped, also with the model's call that it is from. Throws NOT_FOUND when there is no such answer of the principal's. */
export async function leaveAnswerFeedback(principal: Principal, feedback: AnswerFeedbackRequest): Promise<void> {
  const answer = await db.as(principal, (tx) => queries.insertFeedback(tx, feedback));
  if (!answer) throw new AppError("NOT_FOUND", { detail: "There is no such answer. It may have been deleted after its retention." });
  // The call of somebody else of the organisation is left to what they say of it. The comment goes with the answer, which is deleted sooner.
  if (answer.callId !== null) await keepCallFeedback(principal, { callId: answer.callId, helpful: feedback.helpful });
}

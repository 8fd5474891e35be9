import { expectOk } from "#lib/problem.ts";
import type { AnswerFeedbackRequest } from "#domains/assistant/schema.ts";

/** Sends whether an answer helped; throws when it wasn't stored. */
export async function sendAnswerFeedback(feedback: AnswerFeedbackRequest): Promise<void> {
  await expectOk(
    await fetch("/api/ask/feedback", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(feedback),
    }),
  );
}

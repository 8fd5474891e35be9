import { api } from "#ui/api/client.ts";
import type { AnswerFeedbackRequest } from "#domains/assistant/schema.ts";

/** Sends whether an answer helped; throws when it wasn't stored. */
export async function sendAnswerFeedback(feedback: AnswerFeedbackRequest): Promise<void> {
  await api.POST("/api/ask/feedback", { body: feedback });
}

import { api } from "#ui/api/client.ts";
import type { HelpFeedbackRequest } from "#domains/help/schema.ts";

/** Sends a reader's rating of an entry; throws when it wasn't stored. */
export async function sendHelpFeedback(id: string, feedback: HelpFeedbackRequest): Promise<void> {
  await api.POST("/api/help/{id}/feedback", { params: { path: { id } }, body: feedback });
}

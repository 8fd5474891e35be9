import { expectOk } from "#lib/problem.ts";
import type { HelpFeedbackRequest } from "#domains/help/schema.ts";

/** Sends a reader's rating of an entry; throws when it wasn't stored. */
export async function sendHelpFeedback(id: string, feedback: HelpFeedbackRequest): Promise<void> {
  await expectOk(
    await fetch(`/api/help/${id}/feedback`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(feedback),
    }),
  );
}

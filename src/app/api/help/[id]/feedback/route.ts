import { z } from "zod";
import { FeedbackReceipt, HelpFeedbackRequest, HelpId } from "#domains/help/index.ts";
import { leaveHelpFeedback } from "#domains/help/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Rate a help entry from 1 to 5",
  auth: "anyone",
  limit: "default",
  params: z.object({ id: HelpId }),
  body: HelpFeedbackRequest,
  result: FeedbackReceipt,
  status: 201,
  errors: ["NOT_FOUND"],
  handle: async ({ principal, params, body }) => ({ id: await leaveHelpFeedback(principal, params.id, body) }),
});

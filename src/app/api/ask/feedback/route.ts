import { AnswerFeedbackRequest } from "#domains/assistant/index.ts";
import { leaveAnswerFeedback } from "#domains/assistant/server.ts";
import { route } from "#platform/http/route.ts";
import { z } from "zod";

export const POST = route({
  summary: "Say whether an answer helped",
  auth: "anyone",
  limit: "default",
  body: AnswerFeedbackRequest,
  result: z.void(),
  status: 204,
  errors: ["NOT_FOUND"],
  handle: ({ principal, body }) => leaveAnswerFeedback(principal, body),
});

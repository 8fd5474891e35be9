import { CallFeedbackRequest } from "#domains/llm/index.ts";
import { leaveCallFeedback } from "#domains/llm/server.ts";
import { route } from "#platform/http/route.ts";
import { z } from "zod";

export const POST = route({
  summary: "Say whether the answer of a model call helped",
  auth: "anyone",
  limit: "default",
  body: CallFeedbackRequest,
  result: z.void(),
  status: 204,
  errors: ["NOT_FOUND"],
  handle: ({ principal, body }) => leaveCallFeedback(principal, body),
});

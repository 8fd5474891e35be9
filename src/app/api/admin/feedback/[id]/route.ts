import { z } from "zod";
import { FeedbackChange, FeedbackItem } from "#domains/help/index.ts";
import { markHelpFeedback } from "#domains/help/server.ts";
import { route } from "#platform/http/route.ts";

export const PATCH = route({
  summary: "Mark a rating as dealt with, or not",
  auth: "adminEditor",
  limit: "default",
  params: z.object({ id: z.uuid() }),
  body: FeedbackChange,
  result: FeedbackItem,
  errors: ["NOT_FOUND"],
  handle: ({ principal, params, body }) => markHelpFeedback(principal, params.id, body.handled),
});

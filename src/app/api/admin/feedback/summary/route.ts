import { FeedbackSummary } from "#domains/help/index.ts";
import { summariseHelpFeedback } from "#domains/help/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Average and number of ratings of each rated help entry, the worst first",
  auth: "adminViewer",
  limit: "default",
  result: FeedbackSummary,
  handle: ({ principal }) => summariseHelpFeedback(principal),
});

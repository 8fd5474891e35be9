import { FeedbackList, FeedbackQuery } from "#domains/help/index.ts";
import { listHelpFeedback } from "#domains/help/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List readers' ratings and comments on help entries, newest first",
  auth: "adminViewer",
  limit: "default",
  query: FeedbackQuery,
  result: FeedbackList,
  handle: ({ principal, query }) => listHelpFeedback(principal, query),
});

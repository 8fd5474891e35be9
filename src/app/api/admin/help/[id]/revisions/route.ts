import { z } from "zod";
import { HelpId, HelpRevisionList, HelpRevisionsQuery } from "#domains/help/index.ts";
import { listHelpRevisions } from "#domains/help/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List the saved texts of a help entry, newest first",
  auth: "adminViewer",
  limit: "default",
  params: z.object({ id: HelpId }),
  query: HelpRevisionsQuery,
  result: HelpRevisionList,
  errors: ["NOT_FOUND"],
  handle: ({ principal, params, query }) => listHelpRevisions(principal, params.id, query),
});

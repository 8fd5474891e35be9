import { HelpRevision, HelpRevisionParams } from "#domains/help/index.ts";
import { getHelpRevision } from "#domains/help/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Read one saved text of a help entry",
  auth: "adminViewer",
  limit: "default",
  params: HelpRevisionParams,
  result: HelpRevision,
  errors: ["NOT_FOUND"],
  handle: ({ principal, params }) => getHelpRevision(principal, params.id, params.revision),
});

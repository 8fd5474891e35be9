import { EditedHelpEntry, HelpChangeRequest, HelpRevisionParams } from "#domains/help/index.ts";
import { restoreHelpRevision } from "#domains/help/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Make an earlier text of a help entry its newest revision, without publishing it",
  auth: "adminEditor",
  limit: "default",
  params: HelpRevisionParams,
  body: HelpChangeRequest,
  result: EditedHelpEntry,
  errors: ["NOT_FOUND", "CONFLICT"],
  handle: ({ principal, params, body }) => restoreHelpRevision(principal, params.id, params.revision, body.base),
});

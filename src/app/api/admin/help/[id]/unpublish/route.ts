import { z } from "zod";
import { EditedHelpEntry, HelpChangeRequest, HelpId } from "#domains/help/index.ts";
import { unpublishHelpEntry } from "#domains/help/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Take a help entry from its readers",
  auth: "adminEditor",
  limit: "default",
  params: z.object({ id: HelpId }),
  body: HelpChangeRequest,
  result: EditedHelpEntry,
  errors: ["NOT_FOUND", "CONFLICT"],
  handle: ({ principal, params, body }) => unpublishHelpEntry(principal, params.id, body.base),
});

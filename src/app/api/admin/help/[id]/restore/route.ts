import { z } from "zod";
import { EditedHelpEntry, HelpChangeRequest, HelpId } from "#domains/help/index.ts";
import { restoreHelpEntry } from "#domains/help/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Bring a deleted help entry back as it was",
  auth: "adminEditor",
  limit: "default",
  params: z.object({ id: HelpId }),
  body: HelpChangeRequest,
  result: EditedHelpEntry,
  errors: ["NOT_FOUND", "CONFLICT"],
  handle: ({ principal, params, body }) => restoreHelpEntry(principal, params.id, body.base),
});

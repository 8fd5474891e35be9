import { z } from "zod";
import { EditedHelpEntry, HelpPublishRequest, HelpId } from "#domains/help/index.ts";
import { publishHelpEntry } from "#domains/help/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Publish a revision of a help entry: readers see it, and ask cites it, at once",
  auth: "adminEditor",
  limit: "default",
  params: z.object({ id: HelpId }),
  body: HelpPublishRequest,
  result: EditedHelpEntry,
  errors: ["NOT_FOUND", "CONFLICT"],
  handle: ({ principal, params, body }) => publishHelpEntry(principal, params.id, body),
});

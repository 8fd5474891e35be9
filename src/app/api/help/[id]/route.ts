import { z } from "zod";
import { HelpEntryResponse, HelpId } from "#domains/help/index.ts";
import { getHelpEntry, helpVersion } from "#domains/help/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Read one help entry",
  auth: "anyone",
  limit: "default",
  params: z.object({ id: HelpId }),
  result: HelpEntryResponse,
  errors: ["NOT_FOUND"],
  etag: ({ params }) => helpVersion(params.id),
  handle: ({ params }) => getHelpEntry(params.id),
});

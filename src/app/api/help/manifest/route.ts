import { HelpManifest } from "#domains/help/index.ts";
import { getHelpManifest } from "#domains/help/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List every help entry, without its text",
  auth: "anyone",
  limit: "default",
  result: HelpManifest,
  handle: () => getHelpManifest(),
});

import { FlagList } from "#platform/flags/schema.ts";
import { listFlags } from "#platform/flags/switch-flag.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List feature flags",
  auth: "adminViewer",
  limit: "default",
  result: FlagList,
  handle: async ({ principal }) => ({ flags: await listFlags(principal) }),
});

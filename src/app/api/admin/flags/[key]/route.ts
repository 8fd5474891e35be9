import { z } from "zod";
import { flagKeys } from "#platform/flags/flags.ts";
import { FlagChange, FlagView } from "#platform/flags/schema.ts";
import { switchFlag } from "#platform/flags/switch-flag.ts";
import { route } from "#platform/http/route.ts";

export const PUT = route({
  summary: "Switch a feature flag on, off, or on for a share",
  auth: "adminEditor",
  limit: "default",
  params: z.object({ key: z.enum(flagKeys) }),
  body: FlagChange,
  result: FlagView,
  handle: ({ principal, params, body }) => switchFlag(principal, params.key, body),
});

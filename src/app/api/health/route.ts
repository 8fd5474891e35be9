import { z } from "zod";
import { route } from "#platform/http/route.ts";
import { version } from "#platform/observability/version.ts";

export const GET = route({
  summary: "Say that the process is alive",
  auth: "anyone",
  limit: "none",
  result: z.object({ state: z.literal("alive"), version: z.string() }),
  handle: () => ({ state: "alive" as const, version }),
});

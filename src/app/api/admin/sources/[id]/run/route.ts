import { z } from "zod";
import { AskedForRun } from "#domains/grid/index.ts";
import { runSource } from "#domains/grid/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Ask for a run of a source as soon as a worker is free",
  auth: "adminEditor",
  limit: "default",
  params: z.object({ id: z.string() }),
  status: 202,
  result: AskedForRun,
  errors: ["NOT_FOUND", "CONFLICT"],
  handle: ({ principal, params }) => runSource(principal, params.id),
});

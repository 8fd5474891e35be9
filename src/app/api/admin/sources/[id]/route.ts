import { z } from "zod";
import { SourceChange, SwitchedSource } from "#domains/grid/index.ts";
import { changeSource } from "#domains/grid/server.ts";
import { route } from "#platform/http/route.ts";

export const PATCH = route({
  summary: "Switch a source on or off, or with null leave it to its own check",
  auth: "adminEditor",
  limit: "default",
  params: z.object({ id: z.string() }),
  body: SourceChange,
  result: SwitchedSource,
  errors: ["NOT_FOUND"],
  handle: ({ principal, params, body }) => changeSource(principal, params.id, body),
});

import { z } from "zod";
import { ConsentView } from "#domains/llm/index.ts";
import { withdrawConsent } from "#domains/llm/server.ts";
import { route } from "#platform/http/route.ts";

export const DELETE = route({
  summary: "Record that a steward has withdrawn a consent",
  auth: "adminEditor",
  limit: "default",
  params: z.object({ id: z.uuid() }),
  result: ConsentView,
  errors: ["NOT_FOUND"],
  handle: ({ principal, params }) => withdrawConsent(principal, params.id),
});

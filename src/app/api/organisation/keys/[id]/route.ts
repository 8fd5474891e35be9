import { z } from "zod";
import { revokeKey } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const DELETE = route({
  summary: "Revoke an API key, from the next request on",
  auth: "owner",
  limit: "default",
  params: z.object({ id: z.uuid() }),
  result: z.void(),
  status: 204,
  errors: ["NOT_FOUND", "CONFLICT"],
  handle: ({ principal, params }) => revokeKey(principal, params.id),
});

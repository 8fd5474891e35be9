import { z } from "zod";
import { revokeInvitation } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const DELETE = route({
  summary: "Revoke an invitation",
  auth: "owner",
  limit: "default",
  params: z.object({ id: z.uuid() }),
  result: z.void(),
  status: 204,
  errors: ["NOT_FOUND", "CONFLICT"],
  handle: ({ principal, params }) => revokeInvitation(principal, params.id),
});

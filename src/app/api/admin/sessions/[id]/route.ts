import { z } from "zod";
import { AdminSessionName } from "#domains/accounts/index.ts";
import { endAdminSession } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const DELETE = route({
  summary: "End one of one's own sessions as an administrator",
  auth: "adminViewer",
  limit: "default",
  params: z.object({ id: AdminSessionName }),
  result: z.void(),
  status: 204,
  errors: ["NOT_FOUND"],
  handle: ({ principal, params, ...exchange }) => endAdminSession(principal, params.id, exchange),
});

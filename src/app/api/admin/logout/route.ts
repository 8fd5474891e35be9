import { z } from "zod";
import { logOutAdmin } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "End one's session as an administrator",
  auth: "adminViewer",
  limit: "default",
  result: z.void(),
  status: 204,
  handle: ({ principal, ...exchange }) => logOutAdmin(principal, exchange),
});

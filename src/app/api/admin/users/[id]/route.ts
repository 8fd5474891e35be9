import { z } from "zod";
import { UserDetail } from "#domains/accounts/index.ts";
import { getUser } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Read one user and where they belong",
  auth: "adminViewer",
  limit: "default",
  params: z.object({ id: z.uuid() }),
  result: UserDetail,
  errors: ["NOT_FOUND"],
  handle: ({ principal, params }) => getUser(principal, params.id),
});

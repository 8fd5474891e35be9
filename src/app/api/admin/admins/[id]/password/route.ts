import { z } from "zod";
import { AdminWithPassword } from "#domains/accounts/index.ts";
import { resetAdminPassword } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Give an administrator a new password",
  description: "The answer holds it, and it can't be read again. Their sessions end.",
  auth: "superAdmin",
  limit: "default",
  params: z.object({ id: z.uuid() }),
  result: AdminWithPassword,
  errors: ["NOT_FOUND"],
  handle: ({ principal, params }) => resetAdminPassword(principal, params.id),
});

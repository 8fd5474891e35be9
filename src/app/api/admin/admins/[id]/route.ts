import { z } from "zod";
import { AdminAccount, AdminChange } from "#domains/accounts/index.ts";
import { changeAdmin } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const PATCH = route({
  summary: "Change an administrator's name or role, or close and open their access",
  description: "Another role and closed access end their sessions. The last super administrator stays one.",
  auth: "superAdmin",
  limit: "default",
  params: z.object({ id: z.uuid() }),
  body: AdminChange,
  result: AdminAccount,
  errors: ["NOT_FOUND", "CONFLICT"],
  handle: ({ principal, params, body }) => changeAdmin(principal, params.id, body),
});

import { PasswordChangeRequest } from "#domains/accounts/index.ts";
import { changePassword } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";
import { z } from "zod";

export const POST = route({
  summary: "Set another password, and end all other sessions",
  auth: "user",
  limit: "default",
  body: PasswordChangeRequest,
  result: z.void(),
  status: 204,
  handle: ({ principal, body, request, address, setCookie }) => changePassword(principal, body, { request, address, setCookie }),
});

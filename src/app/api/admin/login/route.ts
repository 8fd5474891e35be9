import { AdminLoginRequest, AdminSession } from "#domains/accounts/index.ts";
import { logInAdmin } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Log an administrator in",
  description: "The session comes as an HttpOnly cookie. An unknown e-mail, a wrong password and a disabled administrator get the same answer.",
  auth: "nobody",
  limit: "login",
  body: AdminLoginRequest,
  result: AdminSession,
  errors: ["UNAUTHENTICATED"],
  handle: ({ body, ...exchange }) => logInAdmin(body, exchange),
});

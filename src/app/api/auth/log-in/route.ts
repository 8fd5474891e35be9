import { AccountPerson, LogInRequest } from "#domains/accounts/index.ts";
import { logIn } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Sign in with address and password",
  description: "A new session is set as a cookie. An unknown address and a wrong password are answered alike.",
  auth: "anyone",
  limit: "login",
  body: LogInRequest,
  result: AccountPerson,
  errors: ["UNAUTHENTICATED", "UPSTREAM_UNAVAILABLE"],
  handle: ({ body, request, address, setCookie }) => logIn(body, { request, address, setCookie }),
});

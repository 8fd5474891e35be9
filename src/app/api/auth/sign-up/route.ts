import { SignUpRequest, SignUpResult } from "#domains/accounts/index.ts";
import { signUp } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Make an account and sign in to it",
  description: "The session is set as a cookie. Where addresses have to be confirmed, a mail comes first (`confirm-mail`).",
  auth: "anyone",
  limit: "sign-up",
  body: SignUpRequest,
  result: SignUpResult,
  status: 201,
  errors: ["CONFLICT", "UPSTREAM_UNAVAILABLE"],
  handle: ({ body, request, address, setCookie }) => signUp(body, { request, address, setCookie }),
});

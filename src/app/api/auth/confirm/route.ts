import { ConfirmRequest, ConfirmResult } from "#domains/accounts/index.ts";
import { confirm } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Do what the link of a mail is for",
  description: "Sets a new password, or confirms an address, and signs in. A link works once.",
  auth: "anyone",
  limit: "login",
  body: ConfirmRequest,
  result: ConfirmResult,
  errors: ["CONFLICT", "UPSTREAM_UNAVAILABLE"],
  handle: ({ body, request, address, setCookie }) => confirm(body, { request, address, setCookie }),
});

import { LogOutRequest } from "#domains/accounts/index.ts";
import { logOut } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";
import { z } from "zod";

export const POST = route({
  summary: "End this session, the others, or all",
  description: "Answers the same when there is no session (any more). While accounts can't be reached the browser alone forgets its session; the others aren't ended then.",
  auth: "leaver",
  limit: "default",
  body: LogOutRequest,
  result: z.void(),
  status: 204,
  errors: ["UPSTREAM_UNAVAILABLE"],
  handle: ({ principal, body, request, address, setCookie }) => logOut(principal, body?.sessions ?? "this", { request, address, setCookie }),
});

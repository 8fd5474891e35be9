import { z } from "zod";
import { ActiveOrganisationRequest } from "#domains/accounts/index.ts";
import { chooseOrganisation } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Choose which of one's organisations to work in",
  auth: "user",
  limit: "default",
  body: ActiveOrganisationRequest,
  result: z.void(),
  status: 204,
  errors: ["NOT_FOUND"],
  handle: ({ principal, body, setCookie }) => chooseOrganisation(principal, body.id, setCookie),
});

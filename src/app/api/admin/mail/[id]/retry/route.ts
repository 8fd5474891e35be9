import { z } from "zod";
import { retryMail } from "#platform/mail/outbox.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Try again to deliver a mail",
  auth: "adminEditor",
  limit: "default",
  params: z.object({ id: z.uuid() }),
  result: z.void(),
  status: 204,
  errors: ["NOT_FOUND", "CONFLICT"],
  handle: ({ principal, params }) => retryMail(principal, params.id),
});

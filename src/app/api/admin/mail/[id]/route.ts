import { z } from "zod";
import { readMail } from "#platform/mail/outbox.ts";
import { MailText } from "#platform/mail/schema.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "Read one outgoing mail with its text",
  description: "Texts hold links that sign people in. Reading one is kept in the audit log.",
  auth: "superAdmin",
  limit: "default",
  params: z.object({ id: z.uuid() }),
  result: MailText,
  errors: ["NOT_FOUND"],
  handle: ({ principal, params }) => readMail(principal, params.id),
});

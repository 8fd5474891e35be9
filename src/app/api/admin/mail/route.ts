import { listMail } from "#platform/mail/outbox.ts";
import { MailPage, MailQuery } from "#platform/mail/schema.ts";
import { route } from "#platform/http/route.ts";

export const GET = route({
  summary: "List outgoing mail without its texts",
  auth: "adminViewer",
  limit: "default",
  query: MailQuery,
  result: MailPage,
  handle: ({ principal, query }) => listMail(principal, query),
});

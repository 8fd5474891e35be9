import { EmailChangeRequest, MailUnderWay } from "#domains/accounts/index.ts";
import { changeEmail } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Have a mail sent that moves the account to another address",
  auth: "user",
  limit: "mail",
  body: EmailChangeRequest,
  result: MailUnderWay,
  status: 202,
  errors: ["CONFLICT"],
  handle: async ({ principal, body, request, address, setCookie }) => {
    await changeEmail(principal, body, { request, address, setCookie });
    return { state: "mail-under-way" as const };
  },
});

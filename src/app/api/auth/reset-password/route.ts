import { MailUnderWay, ResetPasswordRequest } from "#domains/accounts/index.ts";
import { resetPassword } from "#domains/accounts/server.ts";
import { route } from "#platform/http/route.ts";

export const POST = route({
  summary: "Have a mail sent that leads to a new password",
  description: "The answer is the same whether the address has an account or not.",
  auth: "anyone",
  limit: "mail",
  body: ResetPasswordRequest,
  result: MailUnderWay,
  status: 202,
  handle: async ({ body }) => {
    await resetPassword(body.email);
    return { state: "mail-under-way" as const };
  },
});

"use client";

import { useState } from "react";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { TextField } from "#ui/field.tsx";
import { textOf } from "#ui/form-values.ts";
import { Form, SubmitButton } from "#ui/form.tsx";
import { useSubmit } from "#ui/use-submit.ts";
import { MailSent } from "#domains/accounts/components/account-mail-sent.tsx";

/** Has a mail sent that leads to a new password. */
export function ResetForm() {
  const [mailedTo, setMailedTo] = useState<string>();
  const submission = useSubmit(async (values) => {
    const email = textOf(values, "email").trim();
    await api.POST("/api/auth/reset-password", { body: { email } });
    return void setMailedTo(email);
  });
  if (mailedTo !== undefined) {
    return (
      <div className="grid justify-items-start gap-3">
        <MailSent address={mailedTo}>If there is an account with this address, its link leads to a new password.</MailSent>
        <Button onClick={() => setMailedTo(undefined)}>Use another address</Button>
      </div>
    );
  }
  return (
    <Form submission={submission} refused="No mail was sent">
      <TextField
        label="E-mail"
        name="email"
        hint="The address that you log in with. We send a link there."
        type="email"
        autoComplete="username"
        required
        maxLength={254}
        error={submission.errorOf("email")}
      />
      <div>
        <SubmitButton submission={submission} working="Sending">
          Send the link
        </SubmitButton>
      </div>
    </Form>
  );
}

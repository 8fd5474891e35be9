"use client";

import { useState } from "react";
import { api } from "#ui/api/client.ts";
import { TextField } from "#ui/field.tsx";
import { textOf } from "#ui/form-values.ts";
import { Form, SubmitButton } from "#ui/form.tsx";
import { useSubmit } from "#ui/use-submit.ts";
import { PasswordField } from "#domains/accounts/components/account-password-field.tsx";
import { MailSent } from "#domains/accounts/components/account-mail-sent.tsx";

interface SignUpFormProps {
  /** Where to go afterwards, a path of this site. */
  next: string;
  /** The secret of the invitation that led here. */
  invitation: string | undefined;
}

/** Makes an account. Where addresses have to be confirmed, it says what to do next. */
export function SignUpForm({ next, invitation }: SignUpFormProps) {
  const [mailedTo, setMailedTo] = useState<string>();
  const submission = useSubmit(async (values) => {
    const [email, name] = [textOf(values, "email").trim(), textOf(values, "name").trim()];
    const body = { email, name, password: textOf(values, "password"), ...(invitation === undefined ? {} : { invitation }) };
    const { data } = await api.POST("/api/auth/sign-up", { body });
    if (data?.state === "confirm-mail") return void setMailedTo(email);
    location.assign(next);
    return "leaving";
  });
  if (mailedTo !== undefined) return <MailSent address={mailedTo}>Open its link to confirm that the address is yours; you are logged in then.</MailSent>;
  return (
    <Form submission={submission} refused="No account was made">
      <TextField label="E-mail" name="email" type="email" autoComplete="username" required maxLength={254} error={submission.errorOf("email")} />
      <TextField
        label="Name"
        name="name"
        hint="As others in an organisation see you. You can leave it out."
        autoComplete="name"
        maxLength={100}
        error={submission.errorOf("name")}
      />
      <PasswordField label="Password" name="password" isNew error={submission.errorOf("password")} />
      <div>
        <SubmitButton submission={submission} working="Making the account">
          Create account
        </SubmitButton>
      </div>
    </Form>
  );
}

"use client";

import { useState } from "react";
import { api } from "#ui/api/client.ts";
import { TextField } from "#ui/field.tsx";
import { textOf } from "#ui/form-values.ts";
import { Form, SubmitButton } from "#ui/form.tsx";
import { useSubmit } from "#ui/use-submit.ts";
import { MailSent } from "#domains/accounts/components/account-mail-sent.tsx";
import { PasswordField } from "#domains/accounts/components/account-password-field.tsx";
import { SavedNameForm } from "#domains/accounts/components/saved-name-form.tsx";

/** Changes the name that others see. */
export function NameForm({ name }: { name: string }) {
  return <SavedNameForm name={name} hint="As others in an organisation see you." autoComplete="name" save={(next) => api.PATCH("/api/account", { body: { name: next } })} />;
}

/** Has a mail sent that moves the account to another address. */
export function EmailForm({ email }: { email: string }) {
  const [mailedTo, setMailedTo] = useState<string>();
  const submission = useSubmit(async (values) => {
    const next = textOf(values, "email").trim();
    await api.POST("/api/account/email", { body: { email: next, password: textOf(values, "password") } });
    return void setMailedTo(next);
  });
  if (mailedTo !== undefined) return <MailSent address={mailedTo}>Open its link there, and the account moves. Until then you log in with {email}.</MailSent>;
  return (
    <Form submission={submission} refused="Nothing was changed">
      <p className="text-14">
        You log in with <b className="break-all">{email}</b>.
      </p>
      <TextField
        label="New address"
        name="email"
        hint="We send a link there. The account moves when it is opened; the present address is told."
        type="email"
        autoComplete="email"
        required
        maxLength={254}
        error={submission.errorOf("email")}
      />
      <PasswordField label="Password" name="password" error={submission.errorOf("password")} />
      <div>
        <SubmitButton submission={submission} working="Sending" kind="default">
          Send the link
        </SubmitButton>
      </div>
    </Form>
  );
}

/** Sets another password. */
export function PasswordForm({ email }: { email: string }) {
  const submission = useSubmit(async (values) => {
    await api.POST("/api/account/password", { body: { current: textOf(values, "current"), next: textOf(values, "next") } });
    location.assign("/account?notice=password");
    return "leaving";
  });
  return (
    <Form submission={submission} refused="The password wasn’t changed">
      {/* Tells password managers whose it is. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField label="Current password" name="current" error={submission.errorOf("current")} />
      <PasswordField label="New password" name="next" isNew error={submission.errorOf("next")} />
      <p className="text-13 text-muted">All other sessions of your account end.</p>
      <div>
        <SubmitButton submission={submission} working="Changing" kind="default">
          Change password
        </SubmitButton>
      </div>
    </Form>
  );
}

"use client";

import Link from "next/link";
import { api } from "#ui/api/client.ts";
import { TextField } from "#ui/field.tsx";
import { textOf } from "#ui/form-values.ts";
import { Form, SubmitButton } from "#ui/form.tsx";
import { useSubmit } from "#ui/use-submit.ts";
import { PasswordField } from "#domains/accounts/components/account-password-field.tsx";

/** Logs in, then goes to `next`, a path of this site. */
export function LogInForm({ next }: { next: string }) {
  const submission = useSubmit(async (values) => {
    await api.POST("/api/auth/log-in", { body: { email: textOf(values, "email").trim(), password: textOf(values, "password") } });
    // A whole navigation: what the page knows of the session is of the one before.
    location.assign(next);
    return "leaving";
  });
  return (
    <Form submission={submission} refused="You weren’t logged in">
      <TextField label="E-mail" name="email" type="email" autoComplete="username" required maxLength={254} error={submission.errorOf("email")} />
      <PasswordField label="Password" name="password" error={submission.errorOf("password")} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SubmitButton submission={submission} working="Logging in">
          Log in
        </SubmitButton>
        <Link href="/reset-password" className="touch-area text-13">
          Forgot the password?
        </Link>
      </div>
    </Form>
  );
}

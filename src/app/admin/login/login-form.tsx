"use client";

import { api } from "#ui/api/client.ts";
import { TextField } from "#ui/field.tsx";
import { Form, SubmitButton } from "#ui/form.tsx";
import { textOf } from "#ui/form-values.ts";
import { useSubmit } from "#ui/use-submit.ts";

/** E-mail and password; leads on once they hold. */
export function LoginForm({ destination }: { destination: string }) {
  const submission = useSubmit(async (values, form) => {
    try {
      await api.POST("/api/admin/login", { body: { email: textOf(values, "email"), password: textOf(values, "password") } });
    } catch (error) {
      form.querySelector<HTMLInputElement>("[name=password]")?.select();
      throw error;
    }
    location.assign(destination);
    return "leaving";
  });
  return (
    <Form submission={submission} refused="You weren’t logged in">
      <TextField label="E-mail" name="email" type="email" autoComplete="username" required maxLength={320} error={submission.errorOf("email")} />
      <TextField label="Password" name="password" type="password" autoComplete="current-password" required maxLength={200} error={submission.errorOf("password")} />
      <SubmitButton submission={submission} working="Logging in" className="justify-center">
        Log in
      </SubmitButton>
    </Form>
  );
}

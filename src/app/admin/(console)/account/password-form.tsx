"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api } from "#ui/api/client.ts";
import { TextField } from "#ui/field.tsx";
import { Form, SubmitButton } from "#ui/form.tsx";
import { textOf } from "#ui/form-values.ts";
import { useSubmit } from "#ui/use-submit.ts";

/** Changes one's own password; the other sessions end. */
export function PasswordForm({ email, minLength, maxLength }: { email: string; minLength: number; maxLength: number }) {
  const router = useRouter();
  const [changed, setChanged] = useState(false);
  const submission = useSubmit(async (values, form) => {
    setChanged(false);
    await api.POST("/api/admin/password", { body: { current: textOf(values, "current"), next: textOf(values, "next") } });
    form.reset();
    setChanged(true);
    // The page holds the token of the session that has just ended.
    router.refresh();
    return undefined;
  });
  return (
    <Form submission={submission} refused="Your password was not changed" className="max-w-[376px]">
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <TextField label="Current password" name="current" type="password" autoComplete="current-password" required maxLength={maxLength} error={submission.errorOf("current")} />
      <TextField
        label="New password"
        name="next"
        type="password"
        autoComplete="new-password"
        required
        minLength={minLength}
        maxLength={maxLength}
        hint={`At least ${minLength} characters: several unrelated words do well. Your other sessions end.`}
        error={submission.errorOf("next")}
      />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton submission={submission} working="Changing">
          Change password
        </SubmitButton>
        <p role="status" className="text-14 text-muted empty:hidden">
          {changed ? "Your password was changed. Your other sessions have ended." : ""}
        </p>
      </div>
    </Form>
  );
}

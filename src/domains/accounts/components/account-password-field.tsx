"use client";

import { useState, type ReactNode } from "react";
import { Button } from "#ui/button.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { passwordMinLength } from "#platform/auth/password-rules.ts";

interface PasswordFieldProps {
  label: string;
  name: string;
  error: string | undefined;
  hint?: ReactNode;
  /** A password that is being chosen: managers offer one, and a short one is refused here. */
  isNew?: boolean;
}

/** A password, hidden until its writer wants to see it. */
export function PasswordField({ label, name, error, hint, isNew = false }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} name={name} error={error} hint={hint ?? (isNew ? `At least ${passwordMinLength} characters. A few words in a row are easy to keep.` : undefined)}>
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            type={shown ? "text" : "password"}
            autoComplete={isNew ? "new-password" : "current-password"}
            autoCapitalize="none"
            spellCheck={false}
            required
            minLength={isNew ? passwordMinLength : undefined}
            maxLength={1_000}
          />
          <Button aria-pressed={shown} aria-label={`Show ${label.toLowerCase()}`} onClick={() => setShown(!shown)}>
            {shown ? "Hide" : "Show"}
          </Button>
        </div>
      )}
    </Field>
  );
}

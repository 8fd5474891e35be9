"use client";

import { useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import { TextField } from "#ui/field.tsx";
import { textOf } from "#ui/form-values.ts";
import { Form, SubmitButton } from "#ui/form.tsx";
import { useSubmit } from "#ui/use-submit.ts";

interface SavedNameFormProps {
  name: string;
  hint?: ReactNode;
  autoComplete: string;
  required?: boolean;
  save: (name: string) => Promise<unknown>;
}

/** A name that can be changed in its place, as often as one likes. */
export function SavedNameForm({ name, hint, autoComplete, required, save }: SavedNameFormProps) {
  const router = useRouter();
  const [saved, setSaved] = useState(false);
  const submission = useSubmit(async (values) => {
    setSaved(false);
    await save(textOf(values, "name").trim());
    setSaved(true);
    return void router.refresh();
  });
  return (
    <Form submission={submission} refused="The name wasn’t stored">
      <TextField
        label="Name"
        name="name"
        hint={hint}
        autoComplete={autoComplete}
        required={required}
        maxLength={100}
        defaultValue={name}
        onInput={() => setSaved(false)}
        error={submission.errorOf("name")}
      />
      <div className="flex items-center gap-3">
        <SubmitButton submission={submission} working="Saving" kind="default">
          Save name
        </SubmitButton>
        <span role="status" className="text-13 text-muted">
          {saved && "Saved"}
        </span>
      </div>
    </Form>
  );
}

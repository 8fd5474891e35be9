"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { TextField } from "#ui/field.tsx";
import { Form, SubmitButton } from "#ui/form.tsx";
import { textOf } from "#ui/form-values.ts";
import { useSubmit } from "#ui/use-submit.ts";
import { FormDialog } from "#app/admin/(console)/admins/form-dialog.tsx";
import { RoleField, roleOf } from "#app/admin/(console)/admins/role-field.tsx";
import { ShownPassword } from "#app/admin/(console)/admins/shown-password.tsx";

/** Adds an administrator; shows the password made for them once. */
export function AddAdmin() {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<{ name: string; password: string }>();
  const submission = useSubmit(async (values) => {
    const { data } = await api.POST("/api/admin/admins", { body: { email: textOf(values, "email"), name: textOf(values, "name"), role: roleOf(values) ?? "viewer" } });
    if (data) setMade({ name: data.admin.name, password: data.password });
    router.refresh();
    return undefined;
  });
  const close = () => {
    setOpen(false);
    setMade(undefined);
  };

  return (
    <>
      <Button kind="primary" onClick={() => setOpen(true)}>
        Add an administrator
      </Button>
      <FormDialog open={open} title={made ? `${made.name} was added` : "Add an administrator"} onClose={close}>
        {made ? (
          <ShownPassword {...made} onClose={close} />
        ) : (
          <Form submission={submission} refused="Nobody was added">
            <TextField label="E-mail" name="email" type="email" required maxLength={320} autoComplete="off" error={submission.errorOf("email")} />
            <TextField label="Name" name="name" required maxLength={100} autoComplete="off" error={submission.errorOf("name")} />
            <RoleField value="viewer" error={submission.errorOf("role")} />
            <div className="flex flex-wrap justify-end gap-2">
              <Button onClick={close}>Cancel</Button>
              <SubmitButton submission={submission} working="Adding">
                Add
              </SubmitButton>
            </div>
          </Form>
        )}
      </FormDialog>
    </>
  );
}

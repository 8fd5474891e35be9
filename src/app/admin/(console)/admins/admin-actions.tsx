"use client";

import { useState } from "react";
import { useRouter } from "next/navigation";
import type { AdminAccount } from "#domains/accounts/index.ts";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { TextField } from "#ui/field.tsx";
import { Form, SubmitButton } from "#ui/form.tsx";
import { textOf } from "#ui/form-values.ts";
import { useSubmit } from "#ui/use-submit.ts";
import { FormDialog } from "#app/admin/(console)/admins/form-dialog.tsx";
import { RoleField, roleOf } from "#app/admin/(console)/admins/role-field.tsx";
import { ShownPassword } from "#app/admin/(console)/admins/shown-password.tsx";
import { useAction } from "#app/admin/use-action.ts";

type Asked = "change" | "access" | "password";

/** What a super administrator can do to one. */
export function AdminActions({ admin, self }: { admin: AdminAccount; self: boolean }) {
  const router = useRouter();
  const [asked, setAsked] = useState<Asked>();
  const [password, setPassword] = useState<string>();
  const action = useAction();
  const { id, name } = admin;
  const disabled = admin.disabledAt !== null;
  const at = { params: { path: { id } } };
  const ask = (what: Asked | undefined) => {
    action.forget();
    setPassword(undefined);
    setAsked(what);
  };
  const submission = useSubmit(async (values) => {
    await api.PATCH("/api/admin/admins/{id}", { ...at, body: { name: textOf(values, "name"), role: roleOf(values) } });
    setAsked(undefined);
    router.refresh();
    return undefined;
  });
  const setAccess = async (closed: boolean) => {
    if (await action.run(() => api.PATCH("/api/admin/admins/{id}", { ...at, body: { disabled: closed } }))) setAsked(undefined);
  };
  const renew = () =>
    action.run(async () => {
      const { data } = await api.POST("/api/admin/admins/{id}/password", at);
      setPassword(data?.password);
    });

  return (
    <>
      <Button onClick={() => ask("change")} aria-label={`Change ${name}`}>
        Change
      </Button>
      {/* Their own would end the session that shows it: it is changed under “Your access”, which asks for the present one. */}
      {!self && (
        <Button onClick={() => ask("password")} aria-label={`New password for ${name}`}>
          New password
        </Button>
      )}
      <Button onClick={() => ask("access")} aria-label={`${disabled ? "Enable" : "Disable"} ${name}`}>
        {disabled ? "Enable" : "Disable"}
      </Button>

      <FormDialog open={asked === "change"} title={`Change ${name}`} onClose={() => ask(undefined)}>
        <Form submission={submission} refused="Nothing was changed">
          <TextField label="Name" name="name" required maxLength={100} defaultValue={name} autoComplete="off" error={submission.errorOf("name")} />
          <RoleField value={admin.role} error={submission.errorOf("role")} />
          <p className="text-13 text-muted">Another role ends {self ? "your" : "their"} sessions.{self && " You will have to log in again."}</p>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => ask(undefined)}>Cancel</Button>
            <SubmitButton submission={submission} working="Saving">
              Save
            </SubmitButton>
          </div>
        </Form>
      </FormDialog>

      <ConfirmDialog
        open={asked === "access"}
        title={`${disabled ? "Enable" : "Disable"} ${name}?`}
        confirm={disabled ? "Enable" : "Disable"}
        busy={action.busy}
        problem={action.problem}
        onConfirm={() => void setAccess(!disabled)}
        onClose={() => ask(undefined)}
      >
        {disabled ? "They can log in again with the password they had." : `${self ? "You" : "They"} can’t log in any more, and ${admin.sessions === 0 ? "have no session that would end" : "their sessions end at once"}. It can be undone.`}
      </ConfirmDialog>

      <ConfirmDialog
        open={asked === "password" && password === undefined}
        title={`Make a new password for ${name}?`}
        confirm="Make a new password"
        busy={action.busy}
        problem={action.problem}
        onConfirm={() => void renew()}
        onClose={() => ask(undefined)}
      >
        The one they have stops working, and their sessions end at once.
      </ConfirmDialog>
      <FormDialog open={asked === "password" && password !== undefined} title={`${name} has a new password`} onClose={() => ask(undefined)}>
        <ShownPassword name={name} password={password ?? ""} onClose={() => ask(undefined)} />
      </FormDialog>
    </>
  );
}

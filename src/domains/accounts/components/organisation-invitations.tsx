"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { formatDateTime } from "#lib/format-time.ts";
import { api } from "#ui/api/client.ts";
import { DataTable } from "#ui/data-table.tsx";
import { Field, TextField } from "#ui/field.tsx";
import { textOf } from "#ui/form-values.ts";
import { Form, SubmitButton } from "#ui/form.tsx";
import { Select } from "#ui/select.tsx";
import { useSubmit } from "#ui/use-submit.ts";
import { ConfirmButton } from "#domains/accounts/components/organisation-confirm-button.tsx";
import { CopyField } from "#domains/accounts/components/organisation-copy-field.tsx";
import { roleWord } from "#domains/accounts/components/organisation-members.tsx";
import type { Invitation, NewInvitation } from "#domains/accounts/index.ts";

/** Makes a link that admits one person, and shows it once. */
export function InviteForm() {
  const router = useRouter();
  const [made, setMade] = useState<NewInvitation>();
  const submission = useSubmit(async (values, form) => {
    const email = textOf(values, "email").trim();
    const role = textOf(values, "role") === "owner" ? "owner" : "member";
    const { data } = await api.POST("/api/organisation/invitations", { body: { role, ...(email === "" ? {} : { email }) } });
    setMade(data);
    form.reset();
    return void router.refresh();
  });
  return (
    <div className="grid gap-4">
      <Form submission={submission} refused="No invitation was made">
        <div className="grid gap-4 sm:grid-cols-[1fr_160px]">
          <TextField label="E-mail (optional)" name="email" type="email" autoComplete="off" maxLength={320} error={submission.errorOf("email")} />
          <Field label="Role" name="role" error={submission.errorOf("role")}>
            {(control) => (
              <Select {...control} defaultValue="member">
                <option value="member">Member</option>
                <option value="owner">Owner</option>
              </Select>
            )}
          </Field>
        </div>
        <p className="text-13 text-muted">The link is also mailed to the address, if you give one. Whoever has it can join, once, within seven days.</p>
        <div>
          <SubmitButton submission={submission} working="Inviting" kind="default">
            Create an invitation
          </SubmitButton>
        </div>
      </Form>
      <p role="status" className="sr-only">
        {made && `The invitation for ${made.invitation.email ?? `one ${made.invitation.role}`} is made. Its link stands below.`}
      </p>
      {made && (
        <div className="rounded border bg-sunken p-3">
          <CopyField label={`Link for ${made.invitation.email ?? `one ${made.invitation.role}`}`} value={made.link} />
          <p className="text-13 text-muted">It is shown this once. Send it to the person you invite, and to nobody else.</p>
        </div>
      )}
    </div>
  );
}

const stateWords: Record<Invitation["state"], string> = { open: "Open", accepted: "Used", expired: "Expired", revoked: "Revoked" };

export function InvitationList({ invitations }: { invitations: Invitation[] }) {
  if (invitations.length === 0) return <p className="text-14 text-muted">Nobody has been invited yet.</p>;
  return (
    <DataTable
      caption="Invitations, the newest first"
      rows={invitations}
      keyOf={({ id }) => id}
      columns={[
        { label: "For", cell: ({ email }) => <span className="font-regular break-all">{email ?? "whoever has the link"}</span> },
        { label: "Role", cell: ({ role }) => roleWord(role) },
        { label: "State", cell: ({ state, expiresAt }) => (state === "open" ? `Open until ${formatDateTime(expiresAt)}` : stateWords[state]) },
        {
          label: "",
          align: "right",
          cell: ({ id, email, role, state }) =>
            state === "open" && (
              <ConfirmButton
                label="Revoke"
                accessibleLabel={`Revoke the invitation for ${email ?? `one ${role}`}`}
                title={`Revoke the invitation for ${email ?? `one ${role}`}?`}
                confirm="Revoke"
                act={() => api.DELETE("/api/organisation/invitations/{id}", { params: { path: { id } } })}
              >
                Its link stops working at once.
              </ConfirmButton>
            ),
        },
      ]}
    />
  );
}

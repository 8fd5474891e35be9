"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { formatDateTime } from "#lib/format-time.ts";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { TextField } from "#ui/field.tsx";
import { textOf } from "#ui/form-values.ts";
import { Form, SubmitButton } from "#ui/form.tsx";
import { useSubmit } from "#ui/use-submit.ts";
import { ConfirmButton } from "#domains/accounts/components/organisation-confirm-button.tsx";
import { CopyField } from "#domains/accounts/components/organisation-copy-field.tsx";
import type { NewKey, OrganisationKey } from "#domains/accounts/index.ts";

/** Makes a key and shows it once, in a dialog that is closed on purpose. */
export function CreateKey() {
  const router = useRouter();
  const [made, setMade] = useState<NewKey>();
  const submission = useSubmit(async (values, form) => {
    const { data } = await api.POST("/api/organisation/keys", { body: { name: textOf(values, "name").trim(), scopes: ["ask"] } });
    setMade(data);
    form.reset();
    return void router.refresh();
  });
  return (
    <>
      <Form submission={submission} refused="No key was made">
        <TextField label="Name" name="name" hint="What it is for, such as “Nightly report”." autoComplete="off" required maxLength={100} error={submission.errorOf("name")} />
        <fieldset className="grid gap-1">
          <legend className="text-13 font-strong">Scope</legend>
          <label className="flex min-h-6 items-center gap-2 text-14">
            <input type="checkbox" name="scopes" value="ask" required defaultChecked aria-describedby={submission.errorOf("scopes") && "scope-error"} aria-invalid={submission.errorOf("scopes") ? true : undefined} />
            <code className="font-mono">ask</code> asks questions over public content and your documents
          </label>
          {submission.errorOf("scopes") && (
            <p id="scope-error" className="text-13 text-bad">
              A key without a scope could do nothing. Tick this one.
            </p>
          )}
        </fieldset>
        <div>
          <SubmitButton submission={submission} working="Creating">
            Create an API key
          </SubmitButton>
        </div>
      </Form>
      <Dialog open={made !== undefined} onClose={() => setMade(undefined)} label="The new API key" className="floating m-auto w-[min(560px,calc(100vw-32px))] p-4">
        {made && (
          <div className="grid gap-3">
            <h2 className="text-16 break-words">The key “{made.apiKey.name}”</h2>
            <p className="text-14 leading-body">Copy it now and keep it where only your program reads it: it isn’t stored here and can’t be shown again.</p>
            <CopyField label="API key" value={made.key} />
            <div className="flex justify-end">
              <Button kind="primary" onClick={() => setMade(undefined)}>
                I have stored it
              </Button>
            </div>
          </div>
        )}
      </Dialog>
    </>
  );
}

export function KeyList({ keys, owner }: { keys: OrganisationKey[]; owner: boolean }) {
  return (
    <DataTable
      caption="API keys, the newest first"
      rows={keys}
      keyOf={({ id }) => id}
      columns={[
        {
          label: "Key",
          cell: ({ name, prefix }) => (
            <span className="grid min-w-0 font-regular">
              <span className="break-words">{name}</span>
              <code className="font-mono text-13 text-muted">{prefix}…</code>
            </span>
          ),
        },
        { label: "Scopes", cell: ({ scopes }) => <code className="font-mono">{scopes.join(", ")}</code> },
        { label: "Created", cell: ({ createdAt }) => formatDateTime(createdAt) },
        { label: "Last used", cell: ({ lastUsedAt }) => (lastUsedAt ? formatDateTime(lastUsedAt) : "Never") },
        {
          label: "",
          align: "right",
          cell: ({ id, name, revokedAt }) => {
            if (revokedAt) return <span className="text-muted">Revoked {formatDateTime(revokedAt)}</span>;
            return (
              owner && (
                <ConfirmButton
                  label="Revoke"
                  accessibleLabel={`Revoke ${name}`}
                  title={`Revoke “${name}”?`}
                  confirm="Revoke"
                  act={() => api.DELETE("/api/organisation/keys/{id}", { params: { path: { id } } })}
                >
                  Programs that use it are refused from their next request on. This can’t be undone.
                </ConfirmButton>
              )
            );
          },
        },
      ]}
    />
  );
}

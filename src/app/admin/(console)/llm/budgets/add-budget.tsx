"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ProviderName } from "#domains/llm/index.ts";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { Field, TextField } from "#ui/field.tsx";
import { Form, SubmitButton } from "#ui/form.tsx";
import { textOf } from "#ui/form-values.ts";
import { Select } from "#ui/select.tsx";
import { useSubmit } from "#ui/use-submit.ts";
import { FormDialog } from "#app/admin/(console)/admins/form-dialog.tsx";
import { providerWords } from "#app/admin/(console)/llm/call-words.ts";

/** Makes a budget for everybody, an organisation, a provider, or an organisation at a provider. */
export function AddBudget({ providers }: { providers: readonly ProviderName[] }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const submission = useSubmit(async (values) => {
    await api.POST("/api/admin/llm/budgets", {
      body: {
        organisationId: textOf(values, "organisationId").trim() || null,
        provider: providers.find((name) => name === textOf(values, "provider")) ?? null,
        period: textOf(values, "period") === "day" ? "day" : "month",
        limitUsd: textOf(values, "limitUsd").trim(),
      },
    });
    close();
    router.refresh();
    return undefined;
  });
  return (
    <>
      <Button kind="primary" onClick={() => setOpen(true)}>
        Add a budget
      </Button>
      <FormDialog open={open} title="Add a budget" onClose={close}>
        <Form submission={submission} refused="No budget was added">
          <TextField label="Organisation (id)" name="organisationId" hint="Leave it empty for everybody together." maxLength={36} autoComplete="off" error={submission.errorOf("organisationId")} />
          <Field label="Provider" name="provider" error={submission.errorOf("provider")}>
            {(control) => (
              <Select {...control} defaultValue="">
                <option value="">All of them</option>
                {providers.map((name) => (
                  <option key={name} value={name}>
                    {providerWords[name]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Renews" name="period" error={submission.errorOf("period")}>
            {(control) => (
              <Select {...control} defaultValue="month">
                <option value="day">each UTC day</option>
                <option value="month">each UTC month</option>
              </Select>
            )}
          </Field>
          <TextField label="Limit in US$" name="limitUsd" required inputMode="decimal" maxLength={16} autoComplete="off" placeholder="25" error={submission.errorOf("limitUsd")} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton submission={submission} working="Adding">
              Add
            </SubmitButton>
          </div>
        </Form>
      </FormDialog>
    </>
  );
}

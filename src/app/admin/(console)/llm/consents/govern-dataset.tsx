"use client";

import { useState } from "react";
import { Button } from "#ui/button.tsx";
import { FormDialog } from "#app/admin/(console)/admins/form-dialog.tsx";
import { DatasetForm } from "#app/admin/(console)/llm/consents/dataset-form.tsx";

/** Puts a dataset under its community's governance. */
export function GovernDataset({ choices }: { choices: readonly { id: string; name: string }[] }) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const title = "Put a dataset under governance";
  return (
    <>
      <Button kind="primary" onClick={() => setOpen(true)}>
        {title}
      </Button>
      <FormDialog open={open} title={title} onClose={close}>
        <DatasetForm choices={choices} onClose={close} />
      </FormDialog>
    </>
  );
}

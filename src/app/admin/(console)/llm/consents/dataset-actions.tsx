"use client";

import { useState } from "react";
import type { GuardedDataset } from "#domains/llm/index.ts";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { FormDialog } from "#app/admin/(console)/admins/form-dialog.tsx";
import { ConsentForm } from "#app/admin/(console)/llm/consents/consent-form.tsx";
import { DatasetForm } from "#app/admin/(console)/llm/consents/dataset-form.tsx";
import { useAction } from "#app/admin/use-action.ts";

/** What an administrator can do about a governed dataset. */
export function DatasetActions({ dataset }: { dataset: GuardedDataset }) {
  const { id, steward, version } = dataset;
  const [asked, setAsked] = useState<"consent" | "change" | "release">();
  const release = useAction();
  const close = () => setAsked(undefined);

  async function takeOut() {
    const params = { path: { id }, query: { version } };
    if (await release.run(() => api.DELETE("/api/admin/llm/datasets/{id}", { params }))) close();
  }

  return (
    <div className="flex flex-wrap gap-2 md:justify-end">
      {steward !== null && (
        <Button onClick={() => setAsked("consent")} aria-label={`Record a consent: ${id}`}>
          Record a consent
        </Button>
      )}
      <Button onClick={() => setAsked("change")} aria-label={`Change: ${id}`}>
        Change
      </Button>
      <Button onClick={() => setAsked("release")} aria-label={`Release: ${id}`}>
        Release
      </Button>
      {steward !== null && (
        <FormDialog open={asked === "consent"} title="Record a consent" onClose={close}>
          <ConsentForm dataset={id} steward={steward} onClose={close} />
        </FormDialog>
      )}
      <FormDialog open={asked === "change"} title={`Change ${id}`} onClose={close}>
        <DatasetForm dataset={dataset} onClose={close} />
      </FormDialog>
      <ConfirmDialog
        open={asked === "release"}
        title={`Release ${id} from governance?`}
        confirm="Release"
        busy={release.busy}
        problem={release.problem}
        onConfirm={() => void takeOut()}
        onClose={() => {
          close();
          if (release.problem) release.reread();
        }}
      >
        From the next call on models may read it without anybody’s consent. Consents on record stay there, and count again should it come back under governance.
      </ConfirmDialog>
    </div>
  );
}

"use client";

import { useState } from "react";
import type { ConsentView } from "#domains/llm/index.ts";
import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { useAction } from "#app/admin/use-action.ts";

/** Records that a steward took a consent back. */
export function WithdrawConsent({ consent: { id, steward, datasets } }: { consent: Pick<ConsentView, "id" | "steward" | "datasets"> }) {
  const { busy, problem, run, reread } = useAction();
  const [asked, setAsked] = useState(false);
  const named = datasets.join(", ");

  async function withdraw() {
    if (await run(() => api.DELETE("/api/admin/llm/consents/{id}", { params: { path: { id } } }))) setAsked(false);
  }

  return (
    <>
      <Button onClick={() => setAsked(true)} aria-label={`Withdraw: ${steward}, ${named}`}>
        Withdraw
      </Button>
      <ConfirmDialog
        open={asked}
        title={`Withdraw the consent of ${steward} to ${named}?`}
        confirm="Withdraw"
        busy={busy}
        problem={problem}
        onConfirm={() => void withdraw()}
        onClose={() => {
          setAsked(false);
          if (problem) reread();
        }}
      >
        From the next call on it covers nothing: unless another consent does, no model reads the data and no kept answer made from it is given. What providers were sent before isn’t called back. It can’t be undone: if the steward decides
        anew, record a new consent.
      </ConfirmDialog>
    </>
  );
}

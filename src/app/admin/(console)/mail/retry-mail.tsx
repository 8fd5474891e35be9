"use client";

import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { ProblemNotice } from "#app/admin/problem-notice.tsx";
import { useAction } from "#app/admin/use-action.ts";

/** Tries to deliver a mail again. */
export function RetryMail({ id, subject }: { id: string; subject: string }) {
  const { busy, problem, run } = useAction();
  return (
    <div className="grid justify-items-start gap-2">
      <Button aria-disabled={busy} aria-label={`Try “${subject}” again`} onClick={() => void run(() => api.POST("/api/admin/mail/{id}/retry", { params: { path: { id } } }))}>
        {busy ? "Asking" : "Try again"}
      </Button>
      <ProblemNotice title="It will not be tried again" problem={problem} />
    </div>
  );
}

"use client";

import { api } from "#ui/api/client.ts";
import { Button } from "#ui/button.tsx";
import { ProblemNotice } from "#app/admin/problem-notice.tsx";
import { useAction } from "#app/admin/use-action.ts";

/** Ends another one of one's own sessions. */
export function EndSession({ id, name }: { id: string; name: string }) {
  const { busy, problem, run } = useAction();
  return (
    <div className="grid justify-items-start gap-2">
      <Button aria-disabled={busy} aria-label={`End ${name}`} onClick={() => void run(() => api.DELETE("/api/admin/sessions/{id}", { params: { path: { id } } }))}>
        {busy ? "Ending" : "End"}
      </Button>
      <ProblemNotice title="The session was not ended" problem={problem} />
    </div>
  );
}

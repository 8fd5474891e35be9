"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { problemOf, type Problem } from "#lib/problem.ts";
import { Button } from "#ui/button.tsx";
import { restoreRevision } from "#domains/help/components/editing/edit-calls.ts";

/** Makes an earlier text the newest revision, and opens it in the editor. */
export function RestoreRevisionButton({ entryId, revision, base }: { entryId: string; revision: number; base: number }) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function restore() {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await restoreRevision(entryId, revision, base);
      router.push(`/admin/help/${entryId}`);
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  }

  return (
    <>
      <Button aria-label={`Restore revision ${revision}`} aria-disabled={busy} onClick={() => void restore()}>
        {busy ? "Restoring" : "Restore"}
      </Button>
      {problem && (
        <p role="alert" className="mt-1 text-13 text-bad">
          {problem.code === "CONFLICT" ? "Somebody saved a newer revision. Reload the page and try again." : (problem.detail ?? problem.title)}
        </p>
      )}
    </>
  );
}

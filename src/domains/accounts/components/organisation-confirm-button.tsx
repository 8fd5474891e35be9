"use client";

import { useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import { problemOf, type Problem } from "#lib/problem.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";

interface ConfirmButtonProps {
  /** What the button says, as a verb. */
  label: string;
  /** Names the thing as well, for those who hear buttons without what stands around them. */
  accessibleLabel?: string;
  /** The question, naming the thing. */
  title: string;
  confirm: string;
  children: ReactNode;
  act: () => Promise<unknown>;
  /** Where the browser goes once it is done; without it the page is read anew. */
  leadsTo?: string;
}

/** A button for what can't be taken back: it asks first, and says why when it wasn't done. */
export function ConfirmButton({ label, accessibleLabel, title, confirm, children, act, leadsTo }: ConfirmButtonProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  async function run() {
    setBusy(true);
    setProblem(undefined);
    try {
      await act();
      if (leadsTo !== undefined) return location.assign(leadsTo);
      setOpen(false);
      router.refresh();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  }

  return (
    <>
      <Button onClick={() => setOpen(true)} aria-label={accessibleLabel}>
        {label}
      </Button>
      <ConfirmDialog open={open} title={title} confirm={confirm} busy={busy} problem={problem} onConfirm={() => void run()} onClose={() => setOpen(false)}>
        {children}
      </ConfirmDialog>
    </>
  );
}

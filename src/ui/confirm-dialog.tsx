"use client";

import type { ReactNode } from "react";
import type { Problem } from "#lib/problem.ts";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { StateMessage } from "#ui/state-message.tsx";

interface ConfirmDialogProps {
  open: boolean;
  /** The question, naming the thing: "Disable Ana Roy?" */
  title: string;
  /** What follows from it. */
  children?: ReactNode;
  /** What the button does, as a verb. */
  confirm: string;
  busy?: boolean;
  /** Why it wasn't done. */
  problem?: Problem | undefined;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that can't be taken back. Focus begins on the way out. */
export function ConfirmDialog({ open, title, children, confirm, busy = false, problem, onConfirm, onClose }: ConfirmDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} label={title} className="floating m-auto w-[min(440px,calc(100vw-32px))] p-4">
      {open && (
        <form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) onConfirm();
          }}
        >
          <h2 className="text-16">{title}</h2>
          {children && <div className="text-14 leading-body text-muted">{children}</div>}
          {problem && (
            <StateMessage kind="error" title={problem.title} requestId={problem.requestId}>
              {problem.detail}
            </StateMessage>
          )}
          <div className="flex flex-wrap justify-end gap-2">
            <Button data-focus-first="" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" kind="primary" aria-disabled={busy}>
              {busy ? "Working" : confirm}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

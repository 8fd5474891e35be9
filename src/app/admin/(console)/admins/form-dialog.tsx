"use client";

import type { ReactNode } from "react";
import { Dialog } from "#ui/dialog.tsx";

/** A dialog that holds a form, or what came of it. */
export function FormDialog({ open, title, onClose, children }: { open: boolean; title: string; onClose: () => void; children: ReactNode }) {
  return (
    <Dialog open={open} onClose={onClose} label={title} className="floating m-auto max-h-[calc(100dvh-32px)] w-[min(440px,calc(100vw-32px))] overflow-y-auto p-4">
      {open && (
        <div className="grid gap-3">
          <h2 className="text-16">{title}</h2>
          {children}
        </div>
      )}
    </Dialog>
  );
}

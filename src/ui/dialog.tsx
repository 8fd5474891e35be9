"use client";

import { useEffect, useRef, type ReactNode } from "react";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  label: string;
  className: string;
  children: ReactNode;
}

/**
 * A modal dialog of the browser's own: it traps focus, closes with Esc and gives focus back. Focus goes to what is marked
 * data-focus-first, else where the browser puts it.
 */
export function Dialog({ open, onClose, label, className, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const dialog = ref.current;
    if (!open) return dialog?.close();
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>("[data-focus-first]")?.focus();
  }, [open]);

  return (
    <dialog
      ref={ref}
      aria-label={label}
      className={className}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      {children}
    </dialog>
  );
}

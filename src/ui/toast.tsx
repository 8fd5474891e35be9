"use client";

import X from "lucide-react/icons/x";
import { useCallback, useEffect, useState } from "react";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";

/** What was just done, and the way back where there is one. */
export interface ToastMessage {
  text: string;
  undo?: () => void;
}

/** How long a message stands that nothing can be done about. */
const readingMs = 8_000;

/** The last thing that was done; what can be undone stays until it is closed or something else is done. */
export function useToast() {
  const [toast, setToast] = useState<ToastMessage | null>(null);
  const show = useCallback((text: string, undo?: () => void) => setToast({ text, ...(undo && { undo }) }), []);
  const close = useCallback(() => setToast(null), []);
  useEffect(() => {
    if (!toast || toast.undo) return;
    const timer = setTimeout(close, readingMs);
    return () => clearTimeout(timer);
  }, [toast, close]);
  return { toast, show, close };
}

/** Says at the lower edge what was done. The region stands there from the start, so that screen readers speak what arrives. */
export function Toast({ toast, onClose }: { toast: ToastMessage | null; onClose: () => void }) {
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed inset-x-4 bottom-4 z-20 grid justify-items-center print:hidden">
      {toast && (
        <div className="floating late pointer-events-auto flex max-w-full items-center gap-2 py-1 pr-1 pl-3 text-14">
          <span className="min-w-0 py-1">{toast.text}</span>
          {toast.undo && (
            <Button
              onClick={() => {
                onClose();
                toast.undo?.();
              }}
            >
              Undo
            </Button>
          )}
          <IconButton label="Close" onClick={onClose}>
            <X />
          </IconButton>
        </div>
      )}
    </div>
  );
}

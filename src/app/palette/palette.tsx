"use client";

import { useCallback, useEffect, useState, type ComponentType } from "react";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { onPaletteAsked } from "#ui/shell/palette-signal.ts";
import type { PalettePage, PalettePanelProps } from "#app/palette/palette-page.ts";

/** The way to everything by keyboard. Its content is loaded when it is first opened. */
export function Palette({ pages }: { pages: PalettePage[] }) {
  const [open, setOpen] = useState(false);
  const [Panel, setPanel] = useState<ComponentType<PalettePanelProps>>();
  const [failed, setFailed] = useState(false);

  const show = useCallback(() => {
    setOpen(true);
    setFailed(false);
    import("#app/palette/palette-panel.tsx").then(
      (module) => setPanel(() => module.PalettePanel),
      () => setFailed(true),
    );
  }, []);

  useEffect(() => onPaletteAsked(show), [show]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isShortcut(event)) return;
      event.preventDefault();
      if (!document.querySelector("dialog:modal")) show();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [show]);

  const close = useCallback(() => setOpen(false), []);

  return (
    <Dialog
      open={open}
      onClose={close}
      label="Find or ask"
      className="floating fixed inset-0 size-full overflow-hidden max-sm:rounded-none max-sm:border-0 sm:inset-[12dvh_auto_auto_50%] sm:h-auto sm:w-[min(600px,calc(100vw-32px))] sm:-translate-x-1/2"
    >
      {open && (Panel ? <Panel pages={pages} onClose={close} /> : failed ? <LoadFailed onRetry={show} /> : <PanelSkeleton />)}
    </Dialog>
  );
}

/** ⌘K or Ctrl+K anywhere, "/" where it isn't being typed. */
function isShortcut(event: KeyboardEvent): boolean {
  if (event.key.toLowerCase() === "k") return (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey;
  if (event.key !== "/" || event.metaKey || event.ctrlKey || event.altKey) return false;
  return !(event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]"));
}

function LoadFailed({ onRetry }: { onRetry: () => void }) {
  return (
    <div className="p-4">
      <StateMessage kind="error" title="This part of the page couldn’t be loaded" action={<Button onClick={onRetry}>Try again</Button>}>
        The connection failed. Check the network, then try again.
      </StateMessage>
    </div>
  );
}

function PanelSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="grid h-[220px] content-start gap-4 p-4">
      <Skeleton className="h-6 w-2/3" />
      <Skeleton className="w-1/3" />
      <Skeleton className="w-1/4" />
      <Skeleton className="w-2/5" />
    </div>
  );
}

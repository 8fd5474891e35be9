"use client";

import { useState, type ReactNode } from "react";
import { Dialog } from "#ui/dialog.tsx";

interface MenuSheetProps {
  openIcon: ReactNode;
  closeIcon: ReactNode;
  brand: ReactNode;
  children: ReactNode;
}

/** The sidebar's content on narrow screens. A press on anything that leads away closes it. */
export function MenuSheet({ openIcon, closeIcon, brand, children }: MenuSheetProps) {
  const [open, setOpen] = useState(false);
  const button = "grid size-11 flex-none place-items-center rounded text-text [&_.lucide]:size-5";

  return (
    <>
      <button type="button" aria-label="Menu" aria-haspopup="dialog" className={button} onClick={() => setOpen(true)}>
        {openIcon}
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} label="Menu" className="sheet sheet-left">
        <div
          className="flex h-full flex-col gap-3 overflow-y-auto p-3"
          onClick={(event) => {
            if (event.target instanceof Element && event.target.closest("a, [aria-haspopup]")) setOpen(false);
          }}
        >
          <div className="flex items-center justify-between">
            {brand}
            <button type="button" aria-label="Close menu" className={button} onClick={() => setOpen(false)}>
              {closeIcon}
            </button>
          </div>
          {children}
        </div>
      </Dialog>
    </>
  );
}

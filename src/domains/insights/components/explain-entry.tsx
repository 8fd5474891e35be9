"use client";

import type { ReactNode } from "react";
import { InsightPanel } from "./insight-panel.tsx";
import type { ShownSelection } from "./load-insight.ts";
import { useExplained } from "./use-explained.ts";
import { useMounted } from "./use-mounted.ts";

interface ExplainEntryProps {
  /** The card that the chart stands on, as the address names what is explained. */
  cardId: string;
  /** Null while it isn't known. */
  selection: ShownSelection | null;
  help?: ReactNode;
}

/** An entry of a chart's menu that explains a selection. */
export function ExplainEntry({ cardId, selection, help }: ExplainEntryProps) {
  const { open, wasOpen, setOpen } = useExplained(cardId);
  const mounted = useMounted();
  return (
    <>
      <button
        type="button"
        onClick={(event) => {
          // Closing gives focus back to the menu's button, and the panel to where focus was.
          event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
          setOpen(true);
        }}
        className="flex min-h-8 w-full items-center rounded px-2 text-left text-13 text-text hover:bg-sunken max-md:min-h-11 pointer-coarse:min-h-11"
      >
        Explain this chart
      </button>
      {mounted && selection && wasOpen && <InsightPanel open={open} onClose={() => setOpen(false)} help={help} selection={selection} />}
    </>
  );
}

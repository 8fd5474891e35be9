"use client";

import Ellipsis from "lucide-react/icons/ellipsis";
import { useId, useRef, type ReactNode } from "react";
import { IconButton } from "#ui/icon-button.tsx";
import { menuItemClass as itemClass } from "#ui/menu-item.ts";
import { Popover } from "#ui/popover.tsx";
import { Toast, useToast } from "#ui/toast.tsx";

interface ChartMenuProps {
  title: string;
  cardId: string;
  view: "chart" | "table";
  /** Null where there is nothing to choose between. */
  choose: ((view: "chart" | "table") => void) | null;
  csvHref: string | null;
  /** Draws the picture; null where there is none. */
  picture: (() => HTMLCanvasElement | null) | null;
  explain?: ReactNode;
}

/** What can be done with a chart besides looking at it. */
export function ChartMenu({ title, cardId, view, choose, csvHref, picture, explain }: ChartMenuProps) {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const { toast, show, close: closeToast } = useToast();
  const close = () => menu.current?.querySelector<HTMLElement>("[popover]")?.hidePopover();
  const other = view === "chart" ? "table" : "chart";

  async function copyLink() {
    close();
    try {
      await navigator.clipboard.writeText(`${location.origin}${location.pathname}${location.search}#${cardId}`);
      show("Link copied");
    } catch {
      show("The browser didn’t allow copying. The address bar holds the page’s link.");
    }
  }

  function savePicture() {
    close();
    picture?.()?.toBlob((blob) => {
      if (!blob) return;
      const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: `${cardId}.png` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    });
  }

  return (
    <span ref={menu} className="inline-flex print:hidden">
      <IconButton size="small" label={`Menu: ${title}`} popoverTarget={id}>
        <Ellipsis />
      </IconButton>
      <Popover id={id} label={`Menu: ${title}`} className="chart-menu p-1">
        {choose && (
          <button type="button" className={itemClass} onClick={() => (close(), choose(other))}>
            {other === "table" ? "Show as table" : "Show as chart"}
          </button>
        )}
        {csvHref !== null && (
          <a href={csvHref} download className={itemClass} onClick={close}>
            Download CSV
          </a>
        )}
        {picture && (
          <button type="button" className={itemClass} onClick={savePicture}>
            Download PNG
          </button>
        )}
        <button type="button" className={itemClass} onClick={() => void copyLink()}>
          Copy link
        </button>
        {explain}
      </Popover>
      <Toast toast={toast} onClose={closeToast} />
    </span>
  );
}

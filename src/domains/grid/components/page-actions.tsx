"use client";

import Download from "lucide-react/icons/download";
import Link2 from "lucide-react/icons/link-2";
import { useId, useRef } from "react";
import { daysOf, resolutionOf } from "#domains/grid/pages/filters.ts";
import type { PageZone } from "#domains/grid/pages/page-zones.ts";
import type { Region } from "#domains/grid/schema.ts";
import { Button } from "#ui/button.tsx";
import { menuItemClass } from "#ui/menu-item.ts";
import { Popover } from "#ui/popover.tsx";
import { Toast, useToast } from "#ui/toast.tsx";
import { csvHref } from "./load-answers.ts";
import { usePageFilters } from "./use-page-filters.ts";

/** What can be done with a region's page as a whole: its link with all that is chosen, and the values of its range as files. */
export function PageActions({ zones, region }: { zones: readonly PageZone[]; region: Region }) {
  const { filters, zone, today } = usePageFilters(zones);
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const { toast, show, close: closeToast } = useToast();
  const close = () => menu.current?.querySelector<HTMLElement>("[popover]")?.hidePopover();

  async function copyLink() {
    try {
      await navigator.clipboard.writeText(location.href);
      show("Link copied: it opens this page with its range, clocks and comparison.");
    } catch {
      show("The browser didn’t allow copying. The address bar holds the page’s link.");
    }
  }

  const days = today === null ? null : daysOf(filters.range, today);
  const question = days && { region, ...days, tz: zone.name, resolution: resolutionOf(days), ...(filters.asOf !== null && { as_of: filters.asOf }) };
  const files = question && [
    ["Demand", csvHref({ ...question, metric: region === "CA-AB" ? "internal-load" : "demand" })],
    ["Demand forecast", csvHref({ ...question, metric: "demand-forecast" })],
    ["Supply by source", csvHref(question)],
    ["Price", csvHref({ ...question, metric: "price" })],
    ["Interties", csvHref({ ...question, metric: "intertie-flow", item: "*" })],
    ["Emissions", `/api/grid/emissions?${new URLSearchParams({ ...question, format: "csv" })}`],
  ] as const;
  return (
    <div ref={menu} className="flex gap-2">
      <Button onClick={() => void copyLink()}>
        <Link2 aria-hidden /> Copy link
      </Button>
      <Button popoverTarget={id} disabled={files === null}>
        <Download aria-hidden /> Export
      </Button>
      <Popover id={id} label="Export the page’s range as CSV" className="chart-menu p-1">
        {files?.map(([name, href]) => (
          <a key={name} href={href} download className={menuItemClass} onClick={close}>
            {name}, CSV
          </a>
        ))}
      </Popover>
      <Toast toast={toast} onClose={closeToast} />
    </div>
  );
}

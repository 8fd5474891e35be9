"use client";

import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import type { Region } from "#domains/grid/index.ts";
import type { RegionCardProps } from "#domains/grid/components/region-chart.tsx";
import { useCardRange } from "#domains/grid/components/use-page-filters.ts";
import type { ShownMetric } from "../schema.ts";
import { InsightPanel } from "./insight-panel.tsx";
import { useExplained } from "./use-explained.ts";

interface ExplainChartProps {
  region: Region;
  metric: ShownMetric;
  /** The card that the chart stands on: its range is meant. */
  cardId: string;
  zones: RegionCardProps["zones"];
  help?: ReactNode;
}

/** An entry of a chart's menu that explains what the chart shows now. */
export function ExplainChart({ region, metric, cardId, zones, help }: ExplainChartProps) {
  const { range } = useCardRange(zones, cardId);
  const factors = useSearchParams().get("factors");
  const { open, wasOpen, setOpen } = useExplained(cardId);
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
      {range && wasOpen && (
        <InsightPanel
          open={open}
          onClose={() => setOpen(false)}
          help={help}
          selection={{
            region, metric, from: range.days.from, to: range.days.to, tz: range.tz, resolution: range.resolution, ...(range.asOf !== null && { as_of: range.asOf }),
            ...(metric === "emissions-intensity" && factors === "direct" && { factors }),
          }}
        />
      )}
    </>
  );
}

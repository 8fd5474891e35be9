"use client";

import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import type { Region } from "#domains/grid/index.ts";
import type { RegionCardProps } from "#domains/grid/components/region-chart.tsx";
import { useCardRange } from "#domains/grid/components/use-page-filters.ts";
import type { ShownMetric } from "../schema.ts";
import { ExplainEntry } from "./explain-entry.tsx";

interface ExplainChartProps {
  region: Region;
  metric: ShownMetric;
  /** The card that the chart stands on: its range is meant. */
  cardId: string;
  zones: RegionCardProps["zones"];
  help?: ReactNode;
}

/** An entry of a chart's menu that explains what the chart shows now, by the page's filters. */
export function ExplainChart({ region, metric, cardId, zones, help }: ExplainChartProps) {
  const { range } = useCardRange(zones, cardId);
  const factors = useSearchParams().get("factors");
  const selection = range && {
    region, metric, from: range.days.from, to: range.days.to, tz: range.tz, resolution: range.resolution, ...(range.asOf !== null && { as_of: range.asOf }),
    ...(metric === "emissions-intensity" && factors === "direct" && { factors: "direct" as const }),
  };
  return <ExplainEntry cardId={cardId} selection={selection} help={help} />;
}

"use client";

import type { ReactNode } from "react";
import { formatNumber, formatQuantity } from "#lib/format-number.ts";
import { momentText, spanText, zoneClock } from "#ui/charts/zone-clock.ts";
import type { SourceNote, Zone } from "#domains/grid/series/series-schema.ts";
import { ChartCard } from "./chart-card.tsx";
import { ScatterPanel } from "./scatter-panel.tsx";
import { paintScatter } from "./scatter-picture.ts";
import type { Dot } from "./scatter-scale.ts";

interface ScatterCardProps {
  id: string;
  title: string;
  /** Hours that both measures have a value of, in order of time. */
  dots: Dot[];
  /** What lies across and what lies upwards, without units: "Temperature of Toronto". */
  xName: string;
  xUnit: string;
  yName: string;
  /** Name of a token. */
  color: string;
  zone: Zone;
  sample: boolean;
  sources: SourceNote[];
  summary: string;
  empty: string;
  help?: ReactNode;
}

/** Fewer say nothing. */
const hoursAtLeast = 12;
const hourMs = 3_600_000;
const height = 300;

/** Two measures of the same hours against each other. */
export function ScatterCard({ id, title, dots, xName, xUnit, yName, color, zone, sample, sources, summary, empty, help }: ScatterCardProps) {
  const clock = zoneClock(zone);
  const [xLabel, yLabel] = [`${xName}, ${xUnit}`, `${yName}, MW`];
  const [first, last] = [dots[0], dots.at(-1)];
  const subtitle = first && last ? `${momentText(clock, first.at)} to ${momentText(clock, last.at + hourMs)}` : "";
  return (
    <ChartCard
      id={id}
      title={title}
      help={help}
      summary={summary}
      sample={sample}
      sources={sources}
      csvHref={null}
      table={{
        rowLabel: `Hour, ${first ? clock.labelAt(first.at) : ""}`, columns: [xLabel, yLabel], count: dots.length,
        row(index) {
          const { at, x, y } = dots[index] ?? { at: 0, x: 0, y: 0 };
          return { name: spanText(clock, at, at + hourMs, { withDay: true, withYear: true, withZone: false }), cells: [formatNumber(x, 1), formatNumber(y)] };
        },
      }}
      plot={{ current: { toPicture: (words) => paintScatter(dots, { ...words, subtitle, xLabel, yLabel, color, sample }) } }}
      state={dots.length < hoursAtLeast ? { kind: "empty", title: "Too few hours to compare", detail: empty } : { kind: "ready" }}
      height={height}
    >
      <ScatterPanel dots={dots} xLabel={xLabel} yLabel={yLabel} xUnit={xUnit} colour={`var(${color})`} clock={clock} label={`${yName} against ${xName}, ${formatQuantity(dots.length, "hour")}`} />
    </ChartCard>
  );
}

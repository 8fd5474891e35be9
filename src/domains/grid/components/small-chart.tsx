"use client";

import { useMemo, useRef, useState } from "react";
import { formatMeasure } from "#lib/format-number.ts";
import { Plot, type PlotHandle } from "#ui/charts/plot.tsx";
import type { Readout } from "#ui/charts/readout.ts";
import type { ZoneOffsets } from "#ui/charts/zone-clock.ts";
import { spanText } from "#ui/charts/zone-clock.ts";
import { tableOf } from "./chart-lines.ts";
import { ChartMenu } from "./chart-menu.tsx";
import type { Extent } from "./extents.ts";
import { smallFigure, type SmallLine } from "./small-lines.ts";
import { ValueTable } from "./value-table.tsx";

interface SmallChartProps {
  /** Of the figure: its place in the page's address. */
  id: string;
  name: string;
  /** Name of a token. */
  color: string;
  line: SmallLine;
  /** Of the range, in milliseconds. */
  from: number;
  to: number;
  zone: ZoneOffsets;
  /** The scale that all have, MW; null for one of its own. */
  shared: Extent | null;
  /** "Source: …" */
  source: string;
  csvHref: string;
}

const height = 96;

/** Demand of one region among several: its name, its peak or what is being read, its line; as a table, a file or a picture too. */
export function SmallChart({ id, name, color, line, from, to, zone, shared, source, csvHref }: SmallChartProps) {
  const plot = useRef<PlotHandle>(null);
  const [view, setView] = useState<"chart" | "table">("chart");
  const [read, setRead] = useState<Readout | null>(null);
  const figure = useMemo(() => smallFigure({ name: "Demand", color, line, from, to, zone, shared }), [color, line, from, to, zone, shared]);
  const title = `${name} demand, GW`;
  return (
    <figure id={id} aria-label={title} className="min-w-0 scroll-mt-4">
      <figcaption className="flex items-center gap-2 text-13">
        <i aria-hidden className="h-[3px] w-3 flex-none rounded-small" style={{ background: `var(${color})` }} />
        <b className="min-w-0 truncate">{name}</b>
        <span className="ml-auto flex-none">
          <ChartMenu title={title} cardId={id} view={view} choose={setView} csvHref={csvHref} picture={view === "chart" ? () => plot.current?.toPicture({ title, source }) ?? null : null} />
        </span>
      </figcaption>
      <p aria-hidden={read !== null} className="mb-2 truncate text-12 text-muted">{read && view === "chart" ? <Reading readout={read} /> : <Peak figure={figure} />}</p>
      {view === "chart" ? <Plot ref={plot} figure={figure} label={title} height={height} small onRead={setRead} /> : <ValueTable caption={title} {...tableOf(figure, "GW")} />}
    </figure>
  );
}

function Reading({ readout: { title, rows } }: { readout: Readout }) {
  return (
    <>
      {title}: <b className="text-text">{rows[0]?.text}</b>
    </>
  );
}

function Peak({ figure: { series, clock, unit, decimals } }: { figure: ReturnType<typeof smallFigure> }) {
  const columns = series[0]?.columns;
  if (!columns) return null;
  const at = columns.value.reduce((best, value, index) => (value > (columns.value[best] ?? -Infinity) || Number.isNaN(columns.value[best]) ? index : best), 0);
  return (
    <>
      Peak <b className="text-text">{formatMeasure(columns.value[at] ?? 0, unit, decimals)}</b>, {spanText(clock, columns.start[at] ?? 0, columns.end[at] ?? 0, { withDay: true })}
    </>
  );
}

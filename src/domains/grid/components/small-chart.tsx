import type { ReactNode } from "react";
import type { Clock } from "#lib/clock.ts";
import { formatSignificant } from "#lib/format-number.ts";
import { formatDay } from "#lib/format-time.ts";
import { regionFacts } from "#domains/grid/labels.ts";
import type { Region } from "#domains/grid/schema.ts";
import type { Line } from "#domains/grid/series/series-schema.ts";
import { regionColour } from "./colours.ts";
import { linePath, type Extent } from "./line-path.ts";

interface SmallChartProps {
  region: Region;
  lines: Line[];
  from: number;
  to: number;
  /** The bottom and the top of the scale, MW. */
  extent: Extent;
  clock: Clock;
  /** What the line shows, in words. */
  label: string;
  /** Stands at the right of the name. */
  aside: ReactNode;
}

/** Demand of one region among several: its name, its line, and the ends of both scales. */
export function SmallChart({ region, lines, from, to, extent, clock, label, aside }: SmallChartProps) {
  return (
    <figure className="min-w-0 self-end">
      <figcaption className="flex items-baseline gap-2 text-13">
        <i aria-hidden className="h-[3px] w-3 self-center rounded-small" style={{ background: regionColour(region) }} />
        <b>{regionFacts[region].name}</b>
        <span className="ml-auto whitespace-nowrap text-muted">{aside}</span>
      </figcaption>
      <div className="mt-1 flex gap-2 text-12 text-muted">
        <div aria-hidden className="flex w-8 flex-none flex-col justify-between text-right leading-4">
          <span>{formatSignificant(extent.high / 1_000)}</span>
          <span>{formatSignificant(extent.low / 1_000)}</span>
        </div>
        <div role="img" aria-label={label} className="relative h-24 min-w-0 flex-1 border-y">
          <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" className="absolute inset-0 size-full overflow-visible">
            {lines.map((line) => (
              <path key={line.id} d={linePath(line, from, to, extent)} className="chart-line" data-sample={line.sample || undefined} style={{ stroke: regionColour(region) }} />
            ))}
          </svg>
        </div>
      </div>
      <div aria-hidden className="mt-1 ml-10 flex justify-between text-12 text-muted">
        <span>{formatDay(new Date(from), clock)}</span>
        <span>{formatDay(new Date((from + to) / 2), clock)}</span>
        <span>{formatDay(new Date(to), clock)}</span>
      </div>
    </figure>
  );
}

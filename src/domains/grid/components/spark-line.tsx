import type { Region } from "#domains/grid/schema.ts";
import { regionColour } from "./colours.ts";
import { sparkOf } from "./spark-path.ts";

interface SparkLineProps {
  region: Region;
  start: string[];
  value: (number | null)[];
  /** The span that is drawn, milliseconds. */
  from: number;
  to: number;
  /** Made-up values are dotted. */
  sample: boolean;
}

/** The shape of a day; what it says in numbers stands beside it. */
export function SparkLine({ region, start, value, from, to, sample }: SparkLineProps) {
  const { path, end } = sparkOf(start, value, from, to);
  const colour = regionColour(region);
  return (
    <span aria-hidden className="relative block h-full">
      <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" className="absolute inset-0 size-full overflow-visible">
        <path d={path} className="chart-line" data-sample={sample || undefined} style={{ stroke: colour }} />
      </svg>
      {end && <i className="absolute -m-[3px] size-1.5 rounded-pill" style={{ left: `${end.x * 100}%`, top: `${end.y * 100}%`, background: colour }} />}
    </span>
  );
}

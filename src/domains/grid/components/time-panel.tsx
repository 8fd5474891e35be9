import { valueScale, timeTicks } from "#ui/charts/ticks.ts";
import type { ZoneClock } from "#ui/charts/zone-clock.ts";
import { formatNumber } from "#lib/format-number.ts";
import { cx } from "#ui/class-names.ts";
import type { Line } from "#domains/grid/series/series-schema.ts";
import { extentOf, linePath } from "./line-path.ts";
import { runsByLook } from "./line-runs.ts";

interface TimePanelProps {
  lines: Line[];
  from: number;
  to: number;
  /** Stands on the axis as a line; null outside of the range. */
  now: number;
  clock: ZoneClock;
  colour: string;
  label: string;
  decimals?: number;
  /** Whether the scale begins with zero. */
  zero?: boolean;
  /** The last of several panels that share an axis has its words. */
  withAxis: boolean;
}

const ticksWide = 10;

/** Lines over time, drawn by the server; what was forecast is dashed, what was estimated or made up is dotted. */
export function TimePanel({ lines, from, to, now, clock, colour, label, decimals = 0, zero = false, withAxis }: TimePanelProps) {
  const extent = extentOf(lines);
  if (!extent) return null;
  const { min, max, ticks } = valueScale(extent.low, extent.high, { zero });
  const left = (at: number) => `${((at - from) / (to - from)) * 100}%`;
  const times = timeTicks(clock, from, to, ticksWide);
  return (
    <div className={cx("flex gap-2 text-12 text-muted", withAxis && "mb-6")}>
      <div aria-hidden className="relative h-40 w-12 flex-none">
        {ticks.map((tick) => (
          <span key={tick} className="absolute right-0 -translate-y-1/2 leading-4" style={{ top: `${(1 - (tick - min) / (max - min)) * 100}%` }}>
            {formatNumber(tick, decimals)}
          </span>
        ))}
      </div>
      <div className="relative h-40 min-w-0 flex-1">
        <div aria-hidden>
          {ticks.map((tick) => (
            <i key={tick} className={cx("absolute inset-x-0 border-t", tick === 0 && "border-line-strong")} style={{ top: `${(1 - (tick - min) / (max - min)) * 100}%` }} />
          ))}
          {now > from && now < to && <i className="absolute inset-y-0 border-l border-line-strong" style={{ left: left(now) }} />}
        </div>
        <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" role="img" aria-label={label} className="absolute inset-0 size-full">
          {lines.flatMap((line) =>
            runsByLook(line).map((run, index) => (
              <path key={`${line.id} ${index}`} d={linePath(run, from, to, { low: min, high: max })} className="chart-line" data-look={run.look} style={{ stroke: run.look === "forecast" ? "var(--muted)" : colour }} />
            )))}
        </svg>
        {withAxis &&
          times.map(({ at, text }, index) => (
            <span
              key={at}
              aria-hidden
              className={cx("absolute top-full mt-1.5 leading-4 whitespace-nowrap", at > from && at < to - (to - from) / 20 && "-translate-x-1/2", at >= to - (to - from) / 20 && "-translate-x-full", index % 2 === 1 && "max-sm:hidden")}
              style={{ left: left(at) }}
            >
              {text}
            </span>
          ))}
      </div>
    </div>
  );
}

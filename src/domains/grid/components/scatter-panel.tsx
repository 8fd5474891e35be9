import { formatNumber } from "#lib/format-number.ts";
import { valueScale } from "#ui/charts/ticks.ts";

interface ScatterPanelProps {
  points: { x: number; y: number }[];
  /** Of the axes, with their units. */
  xLabel: string;
  yLabel: string;
  colour: string;
  label: string;
}

/** Two things against each other, a dot an hour, drawn by the server. */
export function ScatterPanel({ points, xLabel, yLabel, colour, label }: ScatterPanelProps) {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const x = valueScale(Math.min(...xs), Math.max(...xs), { zero: false });
  const y = valueScale(Math.min(...ys), Math.max(...ys), { zero: false });
  const across = (value: number) => (value - x.min) / (x.max - x.min);
  const up = (value: number) => 1 - (value - y.min) / (y.max - y.min);
  const path = points.map((point) => `M${(across(point.x) * 1_000).toFixed(1)} ${(up(point.y) * 1_000).toFixed(1)}h0`).join("");
  return (
    <div className="text-12 text-muted">
      <p className="mb-1.5">{yLabel}</p>
      <div className="mb-5 flex gap-2">
        <div aria-hidden className="relative h-56 w-12 flex-none">
          {y.ticks.map((tick) => (
            <span key={tick} className="absolute right-0 -translate-y-1/2 leading-4" style={{ top: `${up(tick) * 100}%` }}>
              {formatNumber(tick)}
            </span>
          ))}
        </div>
        <div className="relative h-56 min-w-0 flex-1 border-b border-l border-line-strong">
          <div aria-hidden>
            {y.ticks.map((tick) => (
              <i key={tick} className="absolute inset-x-0 border-t" style={{ top: `${up(tick) * 100}%` }} />
            ))}
            {x.ticks.map((tick, index) => (
              <span
                key={tick}
                className={index === 0 ? "absolute top-full mt-1 leading-4" : index === x.ticks.length - 1 ? "absolute top-full mt-1 -translate-x-full leading-4" : "absolute top-full mt-1 -translate-x-1/2 leading-4"}
                style={{ left: `${across(tick) * 100}%` }}
              >
                {formatNumber(tick)}
              </span>
            ))}
          </div>
          <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" role="img" aria-label={label} className="absolute inset-0 size-full overflow-visible">
            <path d={path} className="chart-dots" style={{ stroke: colour }} />
          </svg>
        </div>
      </div>
      <p className="text-right">{xLabel}</p>
    </div>
  );
}

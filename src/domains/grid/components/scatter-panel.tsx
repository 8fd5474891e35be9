"use client";

import { useState, type KeyboardEvent, type PointerEvent } from "react";
import { formatMeasure, formatNumber } from "#lib/format-number.ts";
import { clockText, dayText, type ZoneClock } from "#ui/charts/zone-clock.ts";
import { dotAfterKey, nearestDot, scatterScale, type Dot } from "./scatter-scale.ts";

interface ScatterPanelProps {
  dots: Dot[];
  /** Of the axes, with their units. */
  xLabel: string;
  yLabel: string;
  xUnit: string;
  colour: string;
  label: string;
  clock: ZoneClock;
}

/** Two things against each other, a dot an hour; each is read with the pointer or with keys. */
export function ScatterPanel({ dots, xLabel, yLabel, xUnit, colour, label, clock }: ScatterPanelProps) {
  const [read, setRead] = useState<number | null>(null);
  const scale = scatterScale(dots);
  const { x, y, across, down } = scale;
  const path = dots.map((dot) => `M${(across(dot.x) * 1_000).toFixed(1)} ${(down(dot.y) * 1_000).toFixed(1)}h0`).join("");
  const dot = read === null ? undefined : dots[read];
  const words = dot && `${dayText(clock, dot.at)}, ${clockText(clock, dot.at)}\u00a0${clock.labelAt(dot.at)}: ${formatMeasure(dot.x, xUnit, 1)}, ${formatMeasure(dot.y, "MW")}`;

  function point(event: PointerEvent) {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    setRead(nearestDot(dots, scale, { x: event.clientX - left, y: event.clientY - top }, { width, height }));
  }

  function move(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = event.key === "Escape" ? null : dotAfterKey(dots, read, event.key);
    if (event.key !== "Escape" && next === null) return;
    event.preventDefault();
    setRead(next);
  }

  return (
    <div className="text-12 text-muted">
      <p className="mb-1.5 flex flex-wrap justify-between gap-x-4">
        <span>{yLabel}</span>
        <span aria-live="polite" className="min-h-[1lh] text-text">{words}</span>
      </p>
      <div className="mb-5 flex gap-2">
        <div aria-hidden className="relative h-56 w-12 flex-none">
          {y.ticks.map((tick) => (
            <span key={tick} className="absolute right-0 -translate-y-1/2 leading-4" style={{ top: `${down(tick) * 100}%` }}>
              {formatNumber(tick, y.decimals)}
            </span>
          ))}
        </div>
        <div className="relative h-56 min-w-0 flex-1 border-b border-l border-line-strong">
          <div aria-hidden>
            {y.ticks.map((tick) => (
              <i key={tick} className="absolute inset-x-0 border-t" style={{ top: `${down(tick) * 100}%` }} />
            ))}
            {x.ticks.map((tick) => (
              <span
                key={tick}
                className={across(tick) < 0.02 ? "absolute top-full mt-1 leading-4" : across(tick) > 0.98 ? "absolute top-full mt-1 -translate-x-full leading-4" : "absolute top-full mt-1 -translate-x-1/2 leading-4"}
                style={{ left: `${across(tick) * 100}%` }}
              >
                {formatNumber(tick, x.decimals)}
              </span>
            ))}
          </div>
          <div
            role="img"
            aria-label={`${label}. Arrow keys read the hours, from the lowest ${xLabel.split(",")[0]?.toLowerCase()} to the highest.`}
            tabIndex={0}
            className="absolute inset-0 cursor-crosshair touch-pan-y"
            onPointerDown={point}
            onPointerMove={point}
            onPointerLeave={({ pointerType }) => pointerType !== "touch" && setRead(null)}
            onBlur={() => setRead(null)}
            onKeyDown={move}
          >
            <svg aria-hidden viewBox="0 0 1000 1000" preserveAspectRatio="none" className="size-full overflow-visible">
              <path d={path} className="chart-dots" style={{ stroke: colour }} />
            </svg>
            {dot && <i aria-hidden className="plot-point absolute" style={{ left: `${across(dot.x) * 100}%`, top: `${down(dot.y) * 100}%`, background: "var(--text)" }} />}
          </div>
        </div>
      </div>
      <p className="text-right">{xLabel}</p>
    </div>
  );
}

"use client";

import { useEffect, useId, useImperativeHandle, useMemo, useRef, useState, type Ref } from "react";
import { endLabels, insideLabels } from "#ui/charts/end-labels.ts";
import type { Figure } from "#ui/charts/figure.ts";
import { PlotLegend } from "#ui/charts/plot-legend.tsx";
import { AxisLabels, Breaks, Cursor, EndLabels, InsideLabels, StretchLabels } from "#ui/charts/plot-labels.tsx";
import { ReadoutBox } from "#ui/charts/plot-readout.tsx";
import { paintPicture } from "#ui/charts/picture.ts";
import { newestStop, readoutAt, spokenReadout, type Readout } from "#ui/charts/readout.ts";
import { sceneOf } from "#ui/charts/scene.ts";
import { summaryOf } from "#ui/charts/summary.ts";
import { timeTicks } from "#ui/charts/ticks.ts";
import { useCanvas } from "#ui/charts/use-canvas.ts";
import { useReadout } from "#ui/charts/use-readout.ts";
import { useMediaQuery } from "#ui/use-media-query.ts";
import { useNow } from "#ui/use-now.ts";
import { useWidth } from "#ui/charts/use-size.ts";
import { isWhole, type View } from "#ui/charts/view.ts";

/** What a card's menu asks of its plot. */
export interface PlotHandle {
  /** The chart as a picture with title and source; null before it is drawn. */
  toPicture: (words: { title: string; source: string }) => HTMLCanvasElement | null;
}

interface PlotProps {
  figure: Figure;
  /** What is shown, without the values: the figure's name. */
  label: string;
  /** Of the plot, in pixels, without the time axis. */
  height: number;
  /** Keeps the room of names at the right also where they fit into the plot, so that plots above each other have one axis. */
  keepsRoom?: boolean;
  /** One small chart among several: without legend and names; what is read goes to `onRead` and is shown there. */
  small?: boolean;
  onRead?: (readout: Readout | null) => void;
  ref?: Ref<PlotHandle>;
}

/** Pixels beside the plot: ticks of values at the left, names at the right where they don't fit into the plot. */
const tickRoom = { usual: 48, small: 36 };
const labelRoom = 132;
/** Narrower ones have no names at the right: the legend has them, on a phone the readout. */
const narrowWidth = 600;

/** A chart: drawn on a canvas, its words beside it as text, its values read with the pointer or with the keyboard. */
export function Plot({ figure, label, height, keepsRoom = false, small = false, onRead, ref }: PlotProps) {
  const frame = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const hint = useId();
  const frameWidth = useWidth(frame);
  const whole = useMemo(() => ({ from: figure.from, to: figure.to }), [figure.from, figure.to]);
  const [chosen, setChosen] = useState<{ view: View; whole: View } | null>(null);
  // A view of another range is no view of this one.
  const view = chosen && chosen.whole.from === whole.from && chosen.whole.to === whole.to ? chosen.view : whole;

  // On a phone the readout stands above the plot, not over it.
  const phone = useMediaQuery("(width <= 35rem)");
  const narrow = frameWidth < narrowWidth;
  const leftRoom = small ? tickRoom.small : tickRoom.usual;
  const ends = useMemo(() => endLabels(figure, view, height), [figure, view, height]);
  const labels = narrow || small ? [] : ends;
  const inner = Math.max(0, frameWidth - leftRoom);
  const labelsAt = Math.max(view.from, ...labels.map(({ at }) => at));
  const fitsInside = ((view.to - labelsAt) / (view.to - view.from)) * inner >= labelRoom;
  const width = narrow || small || (!keepsRoom && (labels.length === 0 || fitsInside)) ? inner : Math.max(0, inner - labelRoom);
  const inside = useMemo(() => (narrow || width === 0 ? [] : insideLabels(figure, view, height, width, new Set(ends.map(({ id }) => id)))), [narrow, figure, view, height, width, ends]);
  const named = phone ? figure.series.filter(({ dashed }) => dashed !== true) : [...labels, ...inside];

  const scene = useMemo(() => (width > 0 ? sceneOf(figure, view, width) : null), [figure, view, width]);
  const { ready, failed, image } = useCanvas(host, scene, { width, height });
  const ticks = useMemo(() => (width > 0 ? timeTicks(figure.clock, view.from, view.to, Math.max(2, Math.floor(width / (small ? 84 : 72)))) : []), [figure.clock, view, width, small]);
  const { stop, handlers, dragging } = useReadout({ figure, view, whole, width, host, change: (next) => setChosen({ view: next, whole }) });
  const readout = useMemo(() => (stop === null ? null : readoutAt(figure, stop)), [figure, stop]);
  const now = useNow();
  useEffect(() => onRead?.(readout), [onRead, readout]);

  useImperativeHandle(ref, () => ({
    toPicture(words) {
      const drawing = image();
      const element = host.current;
      return drawing && element ? paintPicture({ ...drawing, ...words, figure, view, width, height, ticks, labels: ends, font: getComputedStyle(element).fontFamily }) : null;
    },
  }), [image, figure, view, width, height, ticks, ends]);

  return (
    <div ref={frame} className="plot-frame">
      {!small && <PlotLegend figure={figure} labelled={new Set(named.map(({ id }) => id))} zoomed={!isWhole(view, whole)} reset={() => setChosen(null)} />}
      {!small && (
        <div className="plot-readout-place" aria-hidden data-kind={figure.kind === "lines" && figure.series.length === 1 ? "line" : figure.kind}>
          {phone && <ReadoutBox readout={readout ?? readoutAt(figure, newestStop(figure, now ?? Infinity))} place="above" />}
        </div>
      )}
      <div className="relative mb-7" style={{ height, marginLeft: leftRoom, width: width || undefined }}>
        <div
          ref={host}
          role="img"
          aria-label={`${label}. ${summaryOf(figure)}`}
          aria-describedby={hint}
          tabIndex={0}
          data-ready={ready || undefined}
          data-dragging={dragging || undefined}
          className="plot"
          onDoubleClick={() => setChosen(null)}
          {...handlers}
        />
        {!ready && !failed && <div aria-hidden className="skeleton absolute inset-0" />}
        {failed && <p className="absolute inset-0 grid place-items-center text-13 text-muted">The drawing code didn’t load. The table in the menu holds the values.</p>}
        <div aria-hidden className="plot-words">
          <AxisLabels figure={figure} view={view} ticks={ticks} height={height} width={width} />
          <StretchLabels figure={figure} view={view} width={width} />
          <Breaks figure={figure} view={view} width={width} />
          <EndLabels labels={labels} view={view} width={width} figure={figure} />
          <InsideLabels labels={inside} view={view} width={width} />
          {readout && <Cursor readout={readout} figure={figure} view={view} height={height} width={width} />}
          {!phone && !small && readout && <ReadoutBox readout={readout} place={{ x: ((readout.start + readout.end) / 2 - view.from) / (view.to - view.from) }} />}
        </div>
      </div>
      <p id={hint} className="sr-only">
        Arrow keys read values, Home and End the first and the last; plus and minus zoom, Escape ends. The card’s menu has the table.
      </p>
      <p aria-live="polite" className="sr-only">
        {readout && spokenReadout(readout)}
      </p>
    </div>
  );
}

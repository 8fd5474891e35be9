import type { Look } from "./columns.ts";
import { pointsOf, spreadOf } from "./decimate.ts";
import type { Figure } from "./figure.ts";
import { bandsOf } from "./stack.ts";
import type { View } from "./view.ts";

/** What is drawn, in milliseconds and values; colours are names of tokens. */
export type Shape =
  | { kind: "line"; points: Float64Array; color: string; width: number; dash: number[] | null; opacity: number }
  /** `rim` is the width of the border that parts it from its neighbours, in pixels. */
  | { kind: "area"; points: Float64Array; color: string; opacity: number; rim: number }
  /** A stretch of time over the whole height, or between two values. */
  | { kind: "band"; from: number; to: number; low: number | null; high: number | null; color: string; opacity: number; hatched: boolean }
  | { kind: "level"; value: number; color: string }
  | { kind: "moment"; at: number; color: string };

export interface Scene {
  view: View;
  min: number;
  max: number;
  shapes: Shape[];
}

const dots = [1.5, 3.5];
const dashes = [5, 4];
const paler = 0.72;
/** Between the least and the greatest value of an interval. */
const spread = 0.2;
/** What is compared with is seen over any colour of a stack. */
const haloPixels = 4;
/** Made-up numbers may fill a whole chart: their hatching is fainter. */
const sampleHatch = 0.45;

/** The shapes of a figure as it looks at one view, that many pixels wide; from the back to the front. */
export function sceneOf(figure: Figure, view: View, pixels: number): Scene {
  const { scale } = figure;
  const within = ({ from, to }: View) => to > view.from && from < view.to;
  const band = (span: View, hatch: string, opacity = 1): Shape => ({ kind: "band", from: span.from, to: span.to, low: null, high: null, color: hatch, opacity, hatched: true });
  const levels = scale.ticks.map((value): Shape => ({ kind: "level", value, color: value === 0 && scale.min < 0 ? "--line-strong" : "--line" }));
  const breaks = (figure.breaks ?? []).filter(({ at }) => at > view.from && at < view.to).map(({ at }): Shape => ({ kind: "moment", at, color: "--text" }));
  const shaded: Shape[] = figure.shadeNegative && scale.min < 0
    ? [{ kind: "band", ...view, low: scale.min, high: 0, color: "--bad", opacity: 0.07, hatched: false }]
    : [];
  if (figure.stack) {
    const { stack } = figure;
    const cellsInView = (stack.start.length * (view.to - view.from)) / (figure.to - figure.from);
    // Between columns of few pixels a border would be most of what is seen.
    const rim = pixels / Math.max(1, cellsInView) > 6 ? 1 : 0.35;
    const over = linesOf(figure, view, pixels).flatMap((line): Shape[] => (line.kind === "line" ? [{ ...line, color: "--surface", dash: null, width: haloPixels, opacity: 0.8 }, line] : []));
    const areas = figure.series.flatMap((series, part) => bandsOf(stack, part, { ...view, pixels }).map((points): Shape => ({ kind: "area", points, color: series.color, opacity: 1, rim })));
    const hatch = (opacity: number) => ({ from, to }: View): Shape => ({ kind: "band", from, to, low: stack.min, high: stack.max, color: "--surface", opacity, hatched: true });
    const hatches = [...figure.estimated.filter(within).map(hatch(1)), ...figure.sample.filter(within).map(hatch(sampleHatch))];
    return { view, min: scale.min, max: scale.max, shapes: [...levels, ...areas, ...hatches, ...(scale.min < 0 ? levels.filter((level) => level.kind === "level" && level.value === 0) : []), ...over, ...breaks] };
  }
  const lines = linesOf(figure, view, pixels);
  const hatches = [...figure.estimated.filter(within).map((span) => band(span, "--line")), ...figure.sample.filter(within).map((span) => band(span, "--line", sampleHatch))];
  // What is compared with lies below what it is about.
  const isDashed = (shape: Shape) => shape.kind === "line" && shape.dash === dashes;
  return { view, min: scale.min, max: scale.max, shapes: [...shaded, ...hatches, ...levels, ...breaks, ...lines.filter(isDashed), ...lines.filter((line) => !isDashed(line))] };
}

/** What is drawn as lines, each above the stretch between its extremes. */
function linesOf(figure: Figure, view: View, pixels: number): Shape[] {
  return figure.series.flatMap((series, index) =>
    (figure.runs[index] ?? []).flatMap((run): Shape[] => {
      const place = { ...view, pixels, steps: series.shape !== "slopes" };
      const between = series.dashed === true ? null : spreadOf(series.columns, run, place);
      return [
        ...(between ? [{ kind: "area" as const, points: between, color: series.color, opacity: spread, rim: 0 }] : []),
        { kind: "line", points: pointsOf(series.columns, run, place), color: series.color, ...strokeOf(run.look, series.dashed === true) },
      ];
    }));
}

function strokeOf(look: Look, dashed: boolean): { width: number; dash: number[] | null; opacity: number } {
  if (dashed || look === "forecast") return { width: 1.5, dash: dashes, opacity: look === "sample" ? paler : 1 };
  if (look === "estimated") return { width: 2, dash: dots, opacity: paler };
  return { width: look === "sample" ? 1.5 : 2, dash: null, opacity: look === "sample" ? paler : 1 };
}

import { lastFrom, lastValueIndex } from "./columns.ts";
import type { Figure } from "./figure.ts";
import type { View } from "./view.ts";

export interface EndLabel {
  id: string;
  name: string;
  color: string;
  value: number;
  /** Where the line or the band ends: milliseconds, and pixels from the top. */
  at: number;
  y: number;
}

const rowPixels = 16;
/** How far a name stands from the stack's edge, half of the room that it takes, and what share of the scale is worth one. */
const insidePixels = 12;
const insideWidth = 48;
const leastShare = 0.004;

/** Names at the ends of what is drawn in a view, moved apart where they would cover each other. */
export function endLabels(figure: Figure, view: View, height: number): EndLabel[] {
  const { min, max } = figure.scale;
  const toY = (value: number) => ((max - value) / (max - min)) * height;
  const labels = figure.stack ? ofStack(figure, view, toY) : ofLines(figure, view, toY);
  return spread(labels, height);
}

function ofStack({ stack, series }: Figure, view: View, toY: (value: number) => number): EndLabel[] {
  if (!stack) return [];
  const cell = lastFrom(stack.start, view.to - 1);
  return series.flatMap(({ id, name, color, dashed }, part) => {
    if (dashed === true) return [];
    const [low, high] = [stack.low[part]?.[cell] ?? NaN, stack.high[part]?.[cell] ?? NaN];
    if (!(high - low >= 0.5)) return [];
    const value = low < 0 ? low - high : high - low;
    return [{ id, name, color, value, at: Math.min(stack.end[cell] ?? view.to, view.to), y: toY((low + high) / 2) }];
  });
}

/** Names in a stack for parts that have none at its end: above or below the place where they are largest. One on each side at most. */
export function insideLabels(figure: Figure, view: View, height: number, width: number, labelled: ReadonlySet<string>): EndLabel[] {
  const { stack, series, scale } = figure;
  if (!stack) return [];
  const toY = (value: number) => ((scale.max - value) / (scale.max - scale.min)) * height;
  const [first, last] = [Math.max(0, lastFrom(stack.start, view.from)), lastFrom(stack.start, view.to - 1)];
  const found = series.flatMap(({ id, name, color, dashed }, part): (EndLabel & { below: boolean })[] => {
    const [low, high] = [stack.low[part], stack.high[part]];
    if (dashed === true || labelled.has(id) || !low || !high) return [];
    let [at, size] = [-1, leastShare * (scale.max - scale.min)];
    for (let cell = first; cell <= last; cell += 1) {
      const here = (high[cell] ?? NaN) - (low[cell] ?? NaN);
      if (here > size) [at, size] = [cell, here];
    }
    if (at < 0) return [];
    const below = (low[at] ?? 0) < 0;
    const edges = (below ? stack.low : stack.high).map((edge) => edge[at] ?? NaN).filter((edge) => !Number.isNaN(edge));
    const y = toY(below ? Math.min(...edges) : Math.max(...edges)) + (below ? insidePixels : -insidePixels);
    const x = (((stack.start[at] ?? 0) + (stack.end[at] ?? 0)) / 2 - view.from) / (view.to - view.from);
    const room = insideWidth / width;
    return [{ id, name, color, value: below ? -size : size, at: view.from + Math.min(Math.max(x, room), 1 - room) * (view.to - view.from), y, below }];
  });
  return found.filter(({ y, below }, index) => y > -insidePixels && y < height - insidePixels / 2 && found.findIndex((other) => other.below === below) === index);
}

function ofLines({ series }: Figure, view: View, toY: (value: number) => number): EndLabel[] {
  // What a line is compared with has its name beside its stroke's meaning, above the plot.
  return series.flatMap(({ id, name, color, columns, dashed }) => {
    if (dashed === true) return [];
    const inView = Math.min(lastFrom(columns.start, view.to - 1), lastValueIndex(columns));
    if (inView < 0 || Number.isNaN(columns.value[inView]) || (columns.end[inView] ?? 0) < view.from) return [];
    const value = columns.value[inView] ?? NaN;
    return [{ id, name, color, value, at: Math.min(columns.end[inView] ?? view.to, view.to), y: toY(value) }];
  });
}

/** Moves labels apart, keeping their order from the top and staying within the height. */
function spread(labels: EndLabel[], height: number): EndLabel[] {
  const sorted = labels.toSorted((a, b) => a.y - b.y);
  let floor = -rowPixels / 2;
  for (const label of sorted) {
    label.y = Math.max(label.y, floor);
    floor = label.y + rowPixels;
  }
  let ceiling = height + rowPixels / 2;
  for (const label of sorted.toReversed()) {
    label.y = Math.min(label.y, ceiling);
    ceiling = label.y - rowPixels;
  }
  return sorted;
}

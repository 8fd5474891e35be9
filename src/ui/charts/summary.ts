import { formatMeasure, formatNumber, formatQuantity } from "#lib/format-number.ts";
import { lastValueIndex } from "./columns.ts";
import type { ChartSeries, Figure } from "./figure.ts";
import { spanText } from "./zone-clock.ts";

const dayMs = 86_400_000;

/** What a chart shows, in words: of each line the newest value and the extremes with their times; of stacks the newest parts. */
export function summaryOf(figure: Figure): string {
  if (figure.isEmpty) return "No values in this range.";
  const lines = figure.stack ? figure.series.filter(({ dashed }) => dashed === true) : figure.series.slice(0, 4);
  const sentences = [...(figure.stack ? [stackSentence(figure)] : []), ...lines.flatMap((series) => lineSentence(figure, series))];
  return [...sentences, ...remarks(figure)].join(" ");
}

function timeOf(figure: Figure, start: number, end: number): string {
  return spanText(figure.clock, start, end, { withDay: figure.to - figure.from > 1.1 * dayMs });
}

function lineSentence(figure: Figure, { name, columns }: ChartSeries): string[] {
  const last = lastValueIndex(columns);
  if (last < 0) return [];
  let [low, high] = [last, last];
  // What an interval holds may be further out than its mean.
  const [lows, highs] = [columns.low ?? columns.value, columns.high ?? columns.value];
  columns.value.forEach((_, index) => {
    if ((lows[index] ?? NaN) < (lows[low] ?? NaN)) low = index;
    if ((highs[index] ?? NaN) > (highs[high] ?? NaN)) high = index;
  });
  const say = (index: number, values = columns.value) => `${formatMeasure(values[index] ?? NaN, figure.unit, figure.decimals)} (${timeOf(figure, columns.start[index] ?? 0, columns.end[index] ?? 0)})`;
  return [`${name}: last ${say(last)}, lowest ${say(low, lows)}, highest ${say(high, highs)}.`];
}

function stackSentence(figure: Figure): string {
  const { start, end } = figure.stops;
  const last = start.length - 1;
  const parts = figure.series.flatMap(({ name, columns, dashed }) => {
    if (dashed === true) return [];
    const index = columns.start.findLastIndex((from, at) => from === start[last] && !Number.isNaN(columns.value[at]));
    return index < 0 ? [] : [`${name} ${formatMeasure(columns.value[index] ?? NaN, figure.unit, figure.decimals)}`];
  });
  return `${timeOf(figure, start[last] ?? 0, end[last] ?? 0)}: ${parts.join(", ")}.`;
}

function remarks({ scale, gaps, estimated, kind }: Figure): string[] {
  return [
    ...(kind === "lines" && scale.min > 0 ? [`The scale starts at ${formatNumber(scale.min, scale.decimals)}.`] : []),
    ...(gaps.length > 0 ? [`${formatQuantity(gaps.length, "stretch").replace(/stretchs$/, "stretches")} without data.`] : []),
    ...(estimated.length > 0 ? ["Some values are estimates."] : []),
  ];
}

import { formatMeasure, formatNumber, formatQuantity } from "#lib/format-number.ts";
import { lastValueIndex } from "./columns.ts";
import type { ChartSeries, Figure } from "./figure.ts";
import { spanText } from "./zone-clock.ts";

const dayMs = 86_400_000;

/** What a chart shows, in words: of each line the newest value and the extremes with their times; of stacks the newest parts. */
export function summaryOf(figure: Figure): string {
  if (figure.isEmpty) return "No values in this range.";
  const sentences = figure.stack ? [stackSentence(figure)] : figure.series.slice(0, 4).flatMap((series) => lineSentence(figure, series));
  return [...sentences, ...remarks(figure)].join(" ");
}

function timeOf(figure: Figure, start: number, end: number): string {
  return spanText(figure.clock, start, end, { withDay: figure.to - figure.from > 1.1 * dayMs });
}

function lineSentence(figure: Figure, { name, columns }: ChartSeries): string[] {
  const last = lastValueIndex(columns);
  if (last < 0) return [];
  let [low, high] = [last, last];
  columns.value.forEach((value, index) => {
    if (value < (columns.value[low] ?? NaN)) low = index;
    if (value > (columns.value[high] ?? NaN)) high = index;
  });
  const say = (index: number) => `${formatMeasure(columns.value[index] ?? NaN, figure.unit, figure.decimals)} (${timeOf(figure, columns.start[index] ?? 0, columns.end[index] ?? 0)})`;
  return [`${name}: last ${say(last)}, lowest ${say(low)}, highest ${say(high)}.`];
}

function stackSentence(figure: Figure): string {
  const { start, end } = figure.stops;
  const last = start.length - 1;
  const parts = figure.series.flatMap(({ name, columns }) => {
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

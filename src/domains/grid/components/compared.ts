import type { ChartSeries } from "#ui/charts/figure.ts";
import { stackOf } from "#ui/charts/stack.ts";
import { comparableRegions, compareNames, comparePeriods, earlierDays, type Filters } from "#domains/grid/pages/filters.ts";
import { regionFacts } from "#domains/grid/labels.ts";
import type { Metric, Region } from "#domains/grid/schema.ts";
import type { SeriesAnswer } from "#domains/grid/series/series-schema.ts";
import { columnsOfLine, joined } from "./chart-lines.ts";
import type { Question } from "./load-answers.ts";
import type { CardRange } from "./use-page-filters.ts";

/** The question whose answer is drawn beside a card's own, by what the page compares with; none where it compares with nothing. */
export function comparedQuestion(question: Question, compare: Filters["compare"], metricOf: (region: Region) => Metric | null): Question[] {
  const period = comparePeriods.find((each) => each === compare);
  if (period) return [{ ...question, ...earlierDays(question, period) }];
  if (compare === "off" || compare === question.region) return [];
  const region = compare as Region;
  const metric = metricOf(region);
  return metric === null ? [] : [{ ...question, region, metric }];
}

/** The same of a card that asks for generation by fuel. */
export function comparedGeneration(question: Question, compare: Filters["compare"]): Question[] {
  const region = comparableRegions.find((each) => each === compare && each !== question.region);
  return region ? [{ ...question, region }] : comparedQuestion(question, compare, () => null);
}

/** All that another time or region was supplied with, as a line over a stack, moved like that of comparedSeries. */
export function comparedSupply(main: SeriesAnswer, other: SeriesAnswer | null | undefined, compare: Filters["compare"]): ChartSeries[] {
  if (!other || compare === "off" || other.lines.length === 0) return [];
  const period = comparePeriods.find((each) => each === compare);
  const shiftMs = period ? Date.parse(main.from) - Date.parse(other.from) : 0;
  const stack = stackOf([...Map.groupBy(other.lines, ({ fuel }) => fuel).values()].map((lines) => joined(lines.map((line) => columnsOfLine(line, shiftMs)))));
  const value = stack.start.map((_, cell) => stack.high.reduce((most, high) => Math.max(most, high[cell] ?? NaN) || most, 0));
  return [{
    id: "compared", name: `${period ? compareNames[period] : regionFacts[other.region].name}, total`, dashed: true, color: "--text",
    columns: { start: stack.start, end: stack.end, value, look: stack.look },
  }];
}

/** The line of what is compared with, moved to the time of what it is compared to. */
export function comparedSeries(main: SeriesAnswer, other: SeriesAnswer | null | undefined, { compare }: Pick<CardRange, "compare">): ChartSeries[] {
  if (!other || compare === "off" || other.lines.length === 0) return [];
  const period = comparePeriods.find((each) => each === compare);
  const shiftMs = period ? Date.parse(main.from) - Date.parse(other.from) : 0;
  const own = main.region === other.region;
  return [{
    id: "compared", name: period ? compareNames[period] : regionFacts[other.region].name, dashed: true,
    color: own ? "--line-strong" : `--region-${regionFacts[other.region].code.toLowerCase()}`,
    columns: joined(other.lines.map((line) => columnsOfLine(line, shiftMs))),
  }];
}

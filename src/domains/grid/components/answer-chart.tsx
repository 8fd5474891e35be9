"use client";

import { useMemo, type ReactNode } from "react";
import { formatMeasure, formatNumber } from "#lib/format-number.ts";
import { lastValueIndex, type Columns } from "#ui/charts/columns.ts";
import { figureOf, type Figure } from "#ui/charts/figure.ts";
import { Plot } from "#ui/charts/plot.tsx";
import { spanText, zoneClock } from "#ui/charts/zone-clock.ts";
import { useNow } from "#ui/use-now.ts";
import type { Line, SeriesAnswer } from "#domains/grid/series/series-schema.ts";
import { CardBadge } from "./card-badge.tsx";
import { ChartCard, isSample, usePlot } from "./chart-card.tsx";
import { columnsOfLine, joined, newestOf, notesOf, tableOf } from "./chart-lines.ts";

/** One line of the chart, of one or several sources that follow each other. */
export interface AnsweredSeries {
  id: string;
  name: string;
  /** Name of a CSS token. */
  color: string;
  /** Moments on the way are joined; values that hold for their interval are steps. */
  shape: "steps" | "slopes";
  lines: Line[];
}

interface AnswerChartProps {
  id: string;
  title: string;
  unit: string;
  /** What the server has read already: nothing is asked for. */
  answer: SeriesAnswer;
  series: AnsweredSeries[];
  decimals?: number;
  /** Holds the scale at zero. */
  zero?: boolean;
  csvHref: string;
  /** The instant at which it was read, in milliseconds. */
  at: number;
  /** What would be here, and why it may not. */
  empty: string;
  help?: ReactNode;
  explain?: ReactNode;
  note?: ReactNode;
}

const height = 200;
/** The plot with its legend and its time axis. */
const room = height + 56;

/** A chart card of an answer that came with the page. */
export function AnswerChart({ id, title, unit, answer, series, decimals = 0, zero = false, csvHref, at, empty, help, explain, note }: AnswerChartProps) {
  const plot = usePlot();
  const now = useNow();
  const figure = useMemo(() => figureOf({
    kind: "lines", unit, decimals, zero, from: Date.parse(answer.from), to: Date.parse(answer.to), clock: zoneClock(answer.zone),
    series: series.map(({ lines, ...each }) => ({ ...each, columns: joined(lines.map((line) => columnsOfLine(line))) })),
  }), [answer, series, unit, decimals, zero]);
  const notes = notesOf([answer]);
  return (
    <ChartCard
      id={id}
      title={title}
      help={help}
      explain={explain}
      summary={<Summary figure={figure} at={at} />}
      badge={<CardBadge note={newestOf(notes, answer.lines)} clock={figure.clock} now={now} asOf={answer.asOf} />}
      sample={isSample(figure)}
      sources={notes}
      note={note}
      csvHref={csvHref}
      table={tableOf(figure, unit)}
      plot={plot}
      state={figure.isEmpty ? { kind: "empty", title: "No values in this range", detail: empty } : { kind: "ready" }}
      height={room}
      kind={series.length > 1 ? "lines" : "line"}
    >
      <Plot ref={plot} figure={figure} label={title} height={height} keepsRoom />
    </ChartCard>
  );
}

/** The newest value of what has passed, and between which ones all are. */
function Summary({ figure: { series, clock, unit, decimals, scale }, at }: { figure: Figure; at: number }) {
  const newestOfColumns = ({ start, end, value, look }: Columns) => lastValueIndex({ start, end, value: value.map((each, index) => ((start[index] ?? at) < at ? each : NaN)), look }, { forecasts: false });
  const columns = series.find((each) => newestOfColumns(each.columns) >= 0)?.columns;
  const known = series.flatMap((each) => Array.from(each.columns.value).filter((value) => !Number.isNaN(value)));
  if (!columns || known.length === 0) return null;
  const last = newestOfColumns(columns);
  const [low, high] = [known.reduce((least, each) => Math.min(least, each)), known.reduce((most, each) => Math.max(most, each))];
  const together = "whitespace-nowrap";
  return (
    <>
      {spanText(clock, columns.start[last] ?? 0, columns.end[last] ?? 0, { withDay: true })}: <b>{formatMeasure(columns.value[last] ?? 0, unit, decimals)}</b>. Between <span className={together}>{formatNumber(low, decimals)}</span> and{" "}
      <span className={together}>{formatMeasure(high, unit, decimals)}</span>.{scale.min > 0 && <> The scale starts at <span className={together}>{formatNumber(scale.min)}</span>.</>}
    </>
  );
}

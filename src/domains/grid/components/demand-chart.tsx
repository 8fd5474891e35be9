"use client";

import { useCallback, type ReactNode } from "react";
import { formatMeasure, formatNumber, formatShare } from "#lib/format-number.ts";
import { indexAt, lastValueIndex } from "#ui/charts/columns.ts";
import { figureOf, type Figure } from "#ui/charts/figure.ts";
import { momentText, spanText, zoneClock } from "#ui/charts/zone-clock.ts";
import { regionFacts } from "#domains/grid/labels.ts";
import type { Metric, Region } from "#domains/grid/schema.ts";
import type { SeriesAnswer } from "#domains/grid/series/series-schema.ts";
import { alikeOf, columnsOfLine, joined } from "./chart-lines.ts";
import { comparedQuestion, comparedSeries } from "./compared.ts";
import { RegionChart, type RegionCardProps } from "./region-chart.tsx";
import { useCardData } from "./use-card-data.ts";

const cardId = "demand";

/** Alberta's operator publishes internal load as what the province uses. */
function demandMetric(region: Region): Metric {
  return region === "CA-AB" ? "internal-load" : "demand";
}

/** What a region uses, against what its operator forecast. */
export function DemandChart({ region, zones, ...slots }: RegionCardProps & { region: Region }) {
  const { name, code } = regionFacts[region];
  const data = useCardData(cardId, zones, ({ days, tz, resolution, compare }) => {
    const question = { region, metric: demandMetric(region), ...days, tz, resolution };
    return [question, { ...question, metric: "demand-forecast" }, ...comparedQuestion(question, compare, demandMetric)];
  });
  const { range, others, clock } = data;
  const compare = range?.compare ?? "off";
  const prepare = useCallback((main: SeriesAnswer, [forecast, compared]: (SeriesAnswer | null)[]): Figure => {
    const own = joined(main.lines.map((line) => columnsOfLine(line)));
    const expected = joined(alikeOf(forecast?.lines ?? [], main.lines).map((line) => columnsOfLine(line)));
    return figureOf({
      kind: "lines", unit: "MW", from: Date.parse(main.from), to: Date.parse(main.to), clock: zoneClock(main.zone),
      series: [
        { id: "demand", name: region === "CA-AB" ? "Internal load" : "Demand", color: `--region-${code.toLowerCase()}`, columns: own },
        ...(expected.value.length > 0 ? [{ id: "forecast", name: "Forecast", color: "--muted", columns: expected, dashed: true }] : []),
        ...comparedSeries(main, compared, { compare }),
      ],
      ...(expected.value.length > 0 && { difference: { label: "Difference", of: "demand", less: "forecast" } }),
    });
  }, [region, code, compare]);
  const forecastNote = others[0]?.sources.find(({ fetchedAt }) => fetchedAt !== null);
  return (
    <RegionChart
      {...slots}
      id={cardId}
      title={region === "CA-AB" ? `${name} internal load, MW` : `${name} demand, MW`}
      unit="MW"
      data={data}
      prepare={prepare}
      summary={summaryOf}
      empty={`Demand stands here as soon as a source of ${name} has told of these days.`}
      partial="The forecast, or what is compared with, couldn’t be loaded: only the demand is shown."
      note={forecastNote?.fetchedAt != null && clock ? `Forecast as published until ${momentText(clock, Date.parse(range?.asOf ?? forecastNote.fetchedAt))}` : undefined}
      height={280}
    />
  );
}

function summaryOf(figure: Figure): ReactNode {
  const own = figure.series[0]?.columns;
  const last = own ? lastValueIndex(own) : -1;
  if (!own || last < 0) return null;
  const [start, end, value] = [own.start[last] ?? 0, own.end[last] ?? 0, own.value[last] ?? 0];
  const forecast = figure.series.find(({ id }) => id === "forecast")?.columns;
  const expected = forecast?.value[indexAt(forecast, start)];
  const share = expected === undefined || Number.isNaN(expected) || expected === 0 ? null : value / expected - 1;
  const several = figure.to - figure.from > 1.1 * 86_400_000;
  return (
    <>
      {spanText(figure.clock, start, end, { withDay: several, withYear: several })}: <b>{formatMeasure(value, "MW")}</b>
      {share !== null && (
        <>
          , <b>{formatShare(Math.abs(share))}</b> {share < 0 ? "below" : "above"} the forecast
        </>
      )}
      .{figure.scale.min > 0 && <> The scale starts at <span className="whitespace-nowrap">{formatNumber(figure.scale.min)}</span>.</>}
    </>
  );
}

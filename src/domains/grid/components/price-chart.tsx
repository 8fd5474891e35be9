"use client";

import { useCallback } from "react";
import { formatMeasure } from "#lib/format-number.ts";
import { lastValueIndex } from "#ui/charts/columns.ts";
import { figureOf, type ChartSeries, type Figure } from "#ui/charts/figure.ts";
import { spanText, zoneClock } from "#ui/charts/zone-clock.ts";
import { regionFacts } from "#domains/grid/labels.ts";
import type { Region } from "#domains/grid/schema.ts";
import type { Line, SeriesAnswer } from "#domains/grid/series/series-schema.ts";
import { columnsOfLine, joined } from "./chart-lines.ts";
import { comparedQuestion, comparedSeries } from "./compared.ts";
import { RegionChart, type RegionCardProps } from "./region-chart.tsx";
import { useCardData } from "./use-card-data.ts";

const cardId = "price";

/** Ontario's market was renewed: HOEP ended, the Ontario price began. */
const renewal = Date.parse("2025-05-01T05:00:00Z");

/** A region's wholesale price, with what is below zero shaded. In Ontario the two markets' prices stay apart. */
export function PriceChart({ region, zones, ...slots }: RegionCardProps & { region: Region }) {
  const { name } = regionFacts[region];
  const data = useCardData(cardId, zones, ({ days, tz, resolution, compare }) => {
    const question = { region, metric: "price" as const, ...days, tz, resolution };
    return [question, ...comparedQuestion(question, compare, (other) => (other === "CA-ON" || other === "CA-AB" ? "price" : null))];
  });
  const compare = data.range?.compare ?? "off";
  const prepare = useCallback((main: SeriesAnswer, [compared]: (SeriesAnswer | null)[]): Figure => {
    const [from, to] = [Date.parse(main.from), Date.parse(main.to)];
    return figureOf({
      kind: "lines", unit: "CAD/MWh", decimals: 2, from, to, clock: zoneClock(main.zone), shadeNegative: true,
      series: [...pricesOf(main), ...comparedSeries(main, compared, { compare })],
      breaks: region === "CA-ON" && from < renewal && renewal < to ? [{ at: renewal, title: "1 May 2025: market renewal", before: "HOEP", after: "zonal price from here" }] : [],
    });
  }, [region, compare]);
  return (
    <RegionChart
      {...slots}
      id={cardId}
      title={`${name} price, $/MWh`}
      unit="$/MWh"
      data={data}
      prepare={prepare}
      summary={summaryOf}
      empty={`Prices stand here as soon as a source of ${name} has told of these days.`}
      partial="What is compared with couldn’t be loaded: only the price is shown."
      height={240}
      kind={compare === "off" ? "line" : "lines"}
    />
  );
}

/** One line a market: what sources of one market tell is one line, what two markets tell is not. */
function pricesOf({ region, lines }: SeriesAnswer): ChartSeries[] {
  const series = (id: string, name: string, color: string, own: Line[]): ChartSeries[] =>
    own.length === 0 ? [] : [{ id, name, color, columns: joined(own.map((line) => columnsOfLine(line))) }];
  if (region !== "CA-ON") return series("price", "Pool price", `--region-${regionFacts[region].code.toLowerCase()}`, lines);
  const isOld = ({ source, end }: Line) => source !== "ieso.zonal-price" && Date.parse(end.at(-1) ?? "") <= renewal;
  return [...series("price", "Zonal price", "--region-on", lines.filter((line) => !isOld(line))), ...series("hoep", "HOEP", "--muted", lines.filter(isOld))];
}

function summaryOf(figure: Figure) {
  const [newest] = figure.series.filter(({ dashed }) => dashed !== true);
  if (!newest) return null;
  const last = lastValueIndex(newest.columns);
  if (last < 0) return null;
  const several = figure.to - figure.from > 1.1 * 86_400_000;
  const when = (columns: typeof newest.columns, index: number) => spanText(figure.clock, columns.start[index] ?? 0, columns.end[index] ?? 0, { withDay: several, withYear: several });
  let lowest = { columns: newest.columns, index: last };
  for (const { columns, dashed } of figure.series) {
    if (dashed !== true) columns.value.forEach((value, index) => (value < (lowest.columns.value[lowest.index] ?? NaN) ? (lowest = { columns, index }) : undefined));
  }
  const low = lowest.columns.value[lowest.index] ?? 0;
  return (
    <>
      {when(newest.columns, last)}: <b>{formatMeasure(newest.columns.value[last] ?? 0, "CAD/MWh", 2)}</b>.
      {low < 0 && (
        <>
          {" "}
          Lowest <b>{formatMeasure(low, "CAD/MWh", 2)}</b>, {when(lowest.columns, lowest.index)}.
        </>
      )}
    </>
  );
}

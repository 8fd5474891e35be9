"use client";

import { useCallback } from "react";
import { formatMeasure } from "#lib/format-number.ts";
import { figureOf, type ChartSeries, type Figure } from "#ui/charts/figure.ts";
import { spanText, zoneClock } from "#ui/charts/zone-clock.ts";
import { fuelNames, regionFacts } from "#domains/grid/labels.ts";
import type { Region } from "#domains/grid/schema.ts";
import type { SeriesAnswer } from "#domains/grid/series/series-schema.ts";
import { fuels } from "#domains/grid/vocabulary.ts";
import { columnsOfLine, joined } from "./chart-lines.ts";
import { comparedGeneration, comparedSupply } from "./compared.ts";
import { RegionChart, type RegionCardProps } from "./region-chart.tsx";
import { useCardData } from "./use-card-data.ts";

const cardId = "supply";

/** What a region is supplied from: steady fuels below, variable ones above, charging and exports below zero. */
export function SupplyChart({ region, zones, note, ...slots }: RegionCardProps & { region: Region; note?: string }) {
  const { name } = regionFacts[region];
  const data = useCardData(cardId, zones, ({ days, tz, resolution, compare }) => {
    const question = { region, ...days, tz, resolution };
    return [question, ...comparedGeneration(question, compare)];
  });
  const compare = data.range?.compare ?? "off";
  const prepare = useCallback((main: SeriesAnswer, [compared]: (SeriesAnswer | null)[]) => supplyFigure(main, comparedSupply(main, compared, compare)), [compare]);
  return (
    <RegionChart
      {...slots}
      id={cardId}
      title={`${name} supply by source, MW`}
      unit="MW"
      data={data}
      prepare={prepare}
      summary={summaryOf}
      empty={`Output by source stands here as soon as a source of ${name} has told of these days.`}
      partial="What is compared with couldn’t be loaded: only the supply is shown."
      note={note}
      height={340}
      kind="stack"
    />
  );
}

/** The stack of an answer, with what is compared with over it. */
export function supplyFigure(main: SeriesAnswer, compared: ChartSeries[]): Figure {
  return figureOf({
    kind: "stack", unit: "MW", from: Date.parse(main.from), to: Date.parse(main.to), clock: zoneClock(main.zone),
    totals: { above: "Total supply", net: "Net of exports and charging" },
    series: [...fuels.flatMap((fuel) => {
      const lines = main.lines.filter((line) => line.fuel === fuel);
      return lines.length === 0 ? [] : [{ id: fuel, name: fuelNames[fuel], color: `--fuel-${fuel}`, columns: joined(lines.map((line) => columnsOfLine(line))) }];
    }), ...compared],
  });
}

function summaryOf(figure: Figure) {
  const { start, end } = figure.stops;
  const last = start.length - 1;
  const [from, to] = [start[last], end[last]];
  if (!figure.stack || from === undefined || to === undefined) return null;
  const sizes = figure.series.filter(({ dashed }) => dashed !== true).map(({ name }, part) => ({ name, size: (figure.stack?.high[part]?.[last] ?? NaN) - Math.max(0, figure.stack?.low[part]?.[last] ?? NaN) }))
    .filter(({ size }) => size > 0).sort((a, b) => b.size - a.size);
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  const several = figure.to - figure.from > 1.1 * 86_400_000;
  return (
    <>
      {spanText(figure.clock, from, to, { withDay: several, withYear: several })}: <b>{formatMeasure(total, "MW")}</b>, most of it {sizes.slice(0, 2).map(({ name }) => name.toLowerCase()).join(" and ")}.
      {figure.estimated.length > 0 && " Hatched hours are estimated or lack a part."}
    </>
  );
}

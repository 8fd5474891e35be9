import type { Look } from "#ui/charts/columns.ts";
import type { Figure } from "#ui/charts/figure.ts";
import { SeriesMark } from "#ui/charts/series-mark.tsx";

interface PlotLegendProps {
  figure: Figure;
  /** What has its name in the plot or beside it already. */
  labelled: ReadonlySet<string>;
  zoomed: boolean;
  reset: () => void;
}

const lookNames: Record<Look, string> = { measured: "Measured", estimated: "Estimated", forecast: "Forecast", sample: "Sample data" };

/** What the strokes mean, and the names that found no place at the ends; one row is always kept free for it. */
export function PlotLegend({ figure, labelled, zoomed, reset }: PlotLegendProps) {
  const first = figure.series.find(({ dashed }) => dashed !== true);
  const used = new Set(figure.stack ? [] : figure.runs.flatMap((runs, index) => (figure.series[index] === first ? runs.map(({ look }) => look) : [])));
  const unlabelled = figure.series.filter(({ id, columns }) => !labelled.has(id) && columns.value.some((value) => !Number.isNaN(value) && value !== 0));
  const spread = !figure.stack && first?.columns.low?.some((low, index) => low < (first.columns.high?.[index] ?? NaN)) === true;
  const dashed = figure.series.filter((series) => series.dashed === true && !unlabelled.includes(series));
  return (
    <div className="plot-legend">
      {first && !figure.stack && (["measured", "estimated", "forecast", "sample"] as const).filter((look) => used.has(look)).map((look) => (
        <span key={look}>
          <SeriesMark color={first.color} dashed={false} look={look} line />
          {look === "measured" && used.size === 1 ? first.name : lookNames[look]}
        </span>
      ))}
      {spread && (
        <span>
          <i className="plot-swatch plot-spread" style={{ background: `var(${first.color})` }} />
          Least to greatest
        </span>
      )}
      {dashed.map((series) => (
        <span key={series.id}>
          <SeriesMark color={series.color} dashed look="forecast" line />
          {series.name}
        </span>
      ))}
      {unlabelled.filter((series) => series !== first || figure.stack).map((series) => (
        <span key={series.id}>
          <SeriesMark color={series.color} dashed={series.dashed === true} look="measured" line={!figure.stack || series.dashed === true} />
          {series.name}
        </span>
      ))}
      {zoomed && (
        <button type="button" onClick={reset} className="touch-area ml-auto text-accent underline underline-offset-[3px]">
          Whole range
        </button>
      )}
    </div>
  );
}

import { metricNames, regionFacts, type Metric, type SeriesAnswer } from "#domains/grid/index.ts";
import { AnswerChart, type AnsweredSeries } from "#domains/grid/components/answer-chart.tsx";
import { demandMetric, type WeatherBesideDemand } from "#domains/grid/server.ts";
import { ExplainEntry } from "#domains/insights/components/explain-entry.tsx";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import type { WeatherFilters } from "#app/(public)/grid/weather/weather-filters.ts";

/** Of a model's line and of a station's; more stations share the second. */
const colours = ["--accent", "--line-strong"] as const;

/** Weather above demand, on the same range of time. */
export function WeatherPanels({ weather, demand, filters: { place, metric }, now }: WeatherBesideDemand & { filters: WeatherFilters; now: Date }) {
  const region = regionFacts[place.region];
  const unit = weather.lines[0]?.unit ?? "";
  return (
    <>
      <AnswerChart
        id="weather"
        title={`${metricNames[metric]} of ${place.name}${unit === "" ? "" : `, ${unit}`}`}
        unit={unit}
        decimals={1}
        zero={metric !== "temperature"}
        answer={weather}
        at={now.getTime()}
        series={seriesOf(weather, place.name)}
        csvHref={csvHref(weather, metric, place.name)}
        empty={`Weather of ${place.name} stands here as soon as a source has told of this time.`}
        help={<HelpButton id="temperature-and-demand" />}
        explain={explain("weather", weather, metric, place.name)}
      />
      <AnswerChart
        id="demand"
        title={`${region.name} demand, MW`}
        unit="MW"
        answer={demand}
        at={now.getTime()}
        series={demand.lines.length === 0 ? [] : [{ id: "demand", name: "Demand", color: `--region-${region.code.toLowerCase()}`, shape: "steps", lines: demand.lines }]}
        csvHref={csvHref(demand, demandMetric(place.region))}
        empty={`${region.name} publishes no demand by hour that Tieline reads.`}
        help={<HelpButton id="demand-chart" />}
        explain={explain("demand", demand, demandMetric(place.region))}
      />
    </>
  );
}

/** A line for what a model says of the place, and one for each station near it. */
function seriesOf({ lines }: SeriesAnswer, place: string): AnsweredSeries[] {
  return lines.map((line, index) => ({ id: line.id, name: line.item === null || line.item === place ? (line.sample ? place : "Model") : line.item, color: colours[index] ?? colours[1], shape: "slopes", lines: [line] }));
}

function explain(cardId: string, { region, from, to, zone }: SeriesAnswer, metric: Metric, item?: string) {
  return <ExplainEntry cardId={cardId} selection={{ region, metric, from, to, tz: zone.name, resolution: "hour", ...(item !== undefined && { item }) }} help={<HelpButton id="explain-a-chart" />} />;
}

function csvHref({ region, from, to, zone }: SeriesAnswer, metric: string, item?: string): string {
  return `/api/grid/series?${new URLSearchParams({ region, metric, ...(item === undefined ? {} : { item }), from, to, tz: zone.name, resolution: "hour", format: "csv" })}`;
}

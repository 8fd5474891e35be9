import { formatQuantity } from "#lib/format-number.ts";
import { metricNames, regionFacts } from "#domains/grid/index.ts";
import { regionToken } from "#domains/grid/components/colours.ts";
import { ScatterCard } from "#domains/grid/components/scatter-card.tsx";
import { pairHours, type WeatherBesideDemand } from "#domains/grid/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import type { WeatherFilters } from "#app/(public)/grid/weather/weather-filters.ts";

/** Demand against weather, a dot for each hour that both have a value of. */
export function WeatherScatter({ weather, demand, filters: { place, metric } }: WeatherBesideDemand & { filters: WeatherFilters }) {
  const pairs = pairHours(weather.lines, demand.lines);
  const region = regionFacts[place.region].name;
  const measure = metricNames[metric].toLowerCase();
  const used = new Set([...weather.lines, ...demand.lines].map(({ source }) => source));
  const notes = new Map([...weather.sources, ...demand.sources].filter(({ id }) => used.has(id)).map((note) => [note.id, note]));
  return (
    <ScatterCard
      id="demand-by-weather"
      title={`Demand against ${measure}`}
      help={<HelpButton id="temperature-and-demand" />}
      dots={pairs.map(({ start, weather: x, demandMw: y }) => ({ at: Date.parse(start), x, y }))}
      xName={`${metricNames[metric]} of ${place.name}`}
      xUnit={weather.lines[0]?.unit ?? ""}
      yName={`${region} demand`}
      color={regionToken(place.region)}
      zone={weather.zone}
      sample={[...weather.lines, ...demand.lines].some(({ sample }) => sample)}
      sources={[...notes.values()]}
      summary={`${formatQuantity(pairs.length, "hour")}; forecasts aren’t among them. Demand follows the time of day and the weekday as well, so dots of one ${measure} differ.`}
      empty={`A dot stands here for each hour that has both weather of ${place.name} and demand of ${region}.`}
    />
  );
}

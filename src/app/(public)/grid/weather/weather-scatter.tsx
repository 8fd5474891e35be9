import { formatQuantity } from "#lib/format-number.ts";
import { metricNames, regionFacts } from "#domains/grid/index.ts";
import { regionColour } from "#domains/grid/components/colours.ts";
import { ScatterPanel } from "#domains/grid/components/scatter-panel.tsx";
import { pairHours, type WeatherBesideDemand } from "#domains/grid/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { Card } from "#ui/card.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import type { WeatherFilters } from "#app/(public)/grid/weather/weather-filters.ts";

/** Fewer say nothing. */
const hoursAtLeast = 12;

/** Demand against weather, a dot for each hour that both have a value of. */
export function WeatherScatter({ weather, demand, filters: { place, metric } }: WeatherBesideDemand & { filters: WeatherFilters }) {
  const pairs = pairHours(weather.lines, demand.lines);
  const region = regionFacts[place.region].name;
  const unit = weather.lines[0]?.unit ?? "";
  return (
    <Card id="demand-by-weather" title={`Demand against ${metricNames[metric].toLowerCase()}`} help={<HelpButton id="temperature-and-demand" />}>
      {pairs.length < hoursAtLeast ? (
        <div className="mt-2">
          <StateMessage kind="empty" title="Too few hours to compare">
            A dot stands here for each hour that has both weather of {place.name} and demand of {region}.
          </StateMessage>
        </div>
      ) : (
        <>
          <p className="mb-3 max-w-[88ch] text-13 text-muted">
            {`${formatQuantity(pairs.length, "hour")}; forecasts aren’t among them. Demand follows the time of day and the weekday as well, so dots of one ${metricNames[metric].toLowerCase()} differ.`}
          </p>
          <ScatterPanel
            points={pairs.map(({ weather: x, demandMw: y }) => ({ x, y }))}
            xLabel={`${metricNames[metric]} of ${place.name}, ${unit}`}
            yLabel={`${region} demand, MW`}
            colour={regionColour(place.region)}
            label={`${region} demand against ${metricNames[metric].toLowerCase()} of ${place.name}, ${formatQuantity(pairs.length, "hour")}`}
          />
        </>
      )}
    </Card>
  );
}

import { formatNumber } from "#lib/format-number.ts";
import { metricNames, regionFacts, type Line, type SeriesAnswer } from "#domains/grid/index.ts";
import { regionColour } from "#domains/grid/components/colours.ts";
import { extentOf } from "#domains/grid/components/line-path.ts";
import { runsByLook, type Look } from "#domains/grid/components/line-runs.ts";
import { SourceLine } from "#domains/grid/components/source-line.tsx";
import { TimePanel } from "#domains/grid/components/time-panel.tsx";
import { demandMetric, type WeatherBesideDemand } from "#domains/grid/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { Card } from "#ui/card.tsx";
import { zoneClock } from "#ui/charts/zone-clock.ts";
import { StateMessage } from "#ui/state-message.tsx";
import { HourTable } from "#app/(public)/grid/weather/hour-table.tsx";
import type { WeatherFilters } from "#app/(public)/grid/weather/weather-filters.ts";

const lookNames: Readonly<Record<Look, string>> = { measured: "Measured", estimated: "Analysis of a model", forecast: "Forecast", sample: "Sample data" };
const looks = ["measured", "estimated", "forecast", "sample"] as const satisfies Look[];

/** Weather above demand, on one axis of time. */
export function WeatherPanels({ weather, demand, filters: { place, metric }, now }: WeatherBesideDemand & { filters: WeatherFilters; now: Date }) {
  const clock = zoneClock(weather.zone);
  const shared = { from: Date.parse(weather.from), to: Date.parse(weather.to), now: now.getTime(), clock };
  const region = regionFacts[place.region].name;
  const unit = weather.lines[0]?.unit ?? "";
  const [weatherTitle, demandTitle] = [`${metricNames[metric]} of ${place.name}${unit === "" ? "" : `, ${unit}`}`, `${region} demand, MW`];
  const shown = new Set([...weather.lines, ...demand.lines].flatMap((line) => runsByLook(line).map(({ look }) => look)));
  const nothing = extentOf([...weather.lines, ...demand.lines]) === null;
  return (
    <Card id="weather-and-demand" title={`${metricNames[metric]} and demand`} help={<HelpButton id="temperature-and-demand" />} aside={<span>{`Times in ${clock.labelAt(now.getTime())}`}</span>}>
      {nothing ? (
        <div className="mt-2">
          <StateMessage kind="empty" title="No values in this range">
            Weather of {place.name} and demand of {region} stand here as soon as a source has told of them.
          </StateMessage>
        </div>
      ) : (
        <>
          <p className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-12 text-muted">
            {looks.filter((look) => shown.has(look)).map((look) => (
              <span key={look}>
                <i aria-hidden className="chart-key border-muted" data-look={look} />
                {lookNames[look]}
              </span>
            ))}
          </p>
          <h3 className="mb-2 text-13">{weatherTitle}</h3>
          <Panel answer={weather} title={weatherTitle} empty={`No weather of ${place.name} in this range.`}>
            <TimePanel {...shared} lines={weather.lines} colour="var(--accent)" label={summaryOf(weatherTitle, weather.lines)} zero={metric !== "temperature"} withAxis={false} />
          </Panel>
          <h3 className="mt-4 mb-2 text-13">{demandTitle}</h3>
          <Panel answer={demand} title={demandTitle} empty={`${region} publishes no demand by hour that Tieline reads.`}>
            <TimePanel {...shared} lines={demand.lines} colour={regionColour(place.region)} label={summaryOf(demandTitle, demand.lines)} withAxis />
          </Panel>
          <HourTable weather={weather} demand={demand} clock={clock} weatherTitle={weatherTitle} demandTitle={demandTitle} />
        </>
      )}
      <SourceLine
        sources={[...new Map([weather, demand].flatMap(({ lines, sources }) => sources.filter(({ id }) => lines.some(({ source }) => source === id))).map((note) => [note.id, note])).values()]}
        note={
          <>
            <a href={csvHref(weather, metric, place.name)} className="text-muted">{`${metricNames[metric]} as CSV`}</a>{" "}
            <a href={csvHref(demand, demandMetric(place.region))} className="ml-3 text-muted">Demand as CSV</a>
          </>
        }
      />
    </Card>
  );
}

function Panel({ answer, title, empty, children }: { answer: SeriesAnswer; title: string; empty: string; children: React.ReactNode }) {
  return extentOf(answer.lines) === null ? <p aria-label={title} className="text-13 text-muted">{empty}</p> : children;
}

function summaryOf(title: string, lines: Line[]): string {
  const extent = extentOf(lines);
  return extent ? `${title}: between ${formatNumber(extent.low, 1)} and ${formatNumber(extent.high, 1)}` : title;
}

function csvHref({ region, from, to, zone }: SeriesAnswer, metric: string, item?: string): string {
  return `/api/grid/series?${new URLSearchParams({ region, metric, ...(item === undefined ? {} : { item }), from, to, tz: zone.name, resolution: "hour", format: "csv" })}`;
}

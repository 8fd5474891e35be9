import Clock from "lucide-react/icons/clock";
import type { Metadata } from "next";
import { pageHref } from "#lib/page-href.ts";
import { loadWeather } from "#app/(public)/grid/weather/load-weather.ts";
import { PlaceForm } from "#app/(public)/grid/weather/place-form.tsx";
import { readWeatherFilters } from "#app/(public)/grid/weather/weather-filters.ts";
import { WeatherPanels } from "#app/(public)/grid/weather/weather-panels.tsx";
import { WeatherScatter } from "#app/(public)/grid/weather/weather-scatter.tsx";
import { StatusAway } from "#app/(public)/overview/status-away.tsx";
import { metricNames } from "#domains/grid/index.ts";
import { SampleBadge } from "#domains/grid/components/sample-badge.tsx";
import { ZoneSwitch } from "#domains/grid/components/zone-switch.tsx";
import { weatherShown } from "#domains/grid/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { zoneClock } from "#ui/charts/zone-clock.ts";
import { LinkGroup } from "#ui/link-group.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Breadcrumbs } from "#ui/shell/breadcrumbs.tsx";
import { crumbsOf, routes } from "#ui/shell/routes.ts";

const { label, helpId, href } = routes.weather;
const ranges = [["7 d", "7d"], ["30 d", "30d"]] as const;

export const metadata: Metadata = { title: label };

interface WeatherPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function WeatherPage({ searchParams }: WeatherPageProps) {
  const filters = readWeatherFilters(await searchParams);
  const now = new Date();
  const loaded = await loadWeather(filters, now);
  const link = (changed: Partial<typeof filters.query>) => pageHref(href, { ...filters.query, ...changed });
  const isSample = loaded !== null && [...loaded.weather.lines, ...loaded.demand.lines].some(({ sample }) => sample);
  return (
    <div className="mx-auto max-w-content">
      <Breadcrumbs crumbs={crumbsOf(routes.weather)} />
      <PageHeader title={label} help={<HelpButton id={helpId} />} actions={isSample && <SampleBadge />} />
      <div className="mb-4 flex flex-wrap items-center gap-2 border-y py-3 print:hidden">
        <PlaceForm filters={filters} />
        <LinkGroup label="Range" choices={ranges.map(([name, range]) => ({ label: name, href: link({ range: range === "7d" ? undefined : range }), current: filters.range === range }))} />
        <LinkGroup
          label="Measure"
          choices={weatherShown.map((metric) => ({ label: metricNames[metric], href: link({ show: metric === "temperature" ? undefined : metric }), current: filters.metric === metric }))}
        />
        <ZoneSwitch value={filters.zone} icon={<Clock />} />
        {loaded && <p className="page-filters-note">{`Times in ${zoneClock(loaded.weather.zone).labelAt(now.getTime())}`}</p>}
      </div>
      {loaded === null ? (
        <StatusAway />
      ) : (
        <div className="grid gap-4">
          <WeatherPanels {...loaded} filters={filters} now={now} />
          <WeatherScatter {...loaded} filters={filters} />
        </div>
      )}
    </div>
  );
}

import { regionFacts, regions, type SeriesAnswer } from "#domains/grid/index.ts";
import { colouredRegions, regionToken } from "#domains/grid/components/colours.ts";
import { extentOf, type Extent } from "#domains/grid/components/extents.ts";
import { shownZone } from "#domains/grid/components/shown-zone.ts";
import { SmallChart } from "#domains/grid/components/small-chart.tsx";
import { smallLineOf } from "#domains/grid/components/small-lines.ts";
import { SourceLine } from "#domains/grid/components/source-line.tsx";
import { demandMetric } from "#domains/grid/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { Card } from "#ui/card.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import type { Provinces } from "#app/(public)/grid/provinces/load-provinces.ts";
import type { ProvinceFilters } from "#app/(public)/grid/provinces/province-filters.ts";

/** Demand of each region over the same time, the coloured ones first. */
export function RegionCharts({ status, demand, filters: { sameScale, zone } }: Provinces & { filters: ProvinceFilters }) {
  const rank = ({ region }: SeriesAnswer) => (colouredRegions.includes(region) ? colouredRegions.indexOf(region) : regions.length + regions.indexOf(region));
  const shown = demand.toSorted((a, b) => rank(a) - rank(b));
  const all = extentOf(shown.flatMap(({ lines }) => lines));
  const missing = regions.filter((region) => !status.regions.some((known) => known.region === region)).map((region) => regionFacts[region].name);
  const notes = [...new Map(shown.flatMap(({ lines, sources }) => sources.filter(({ id }) => lines.some(({ source }) => source === id))).map((note) => [note.id, note])).values()];
  return (
    <Card id="demand-by-region" title="Demand, GW" help={<HelpButton id="provinces" />}>
      {all === null ? (
        <div className="mt-2">
          <StateMessage kind="empty" title="No demand in this range">
            A chart for each region stands here as soon as a source of it has told of this time.
          </StateMessage>
        </div>
      ) : (
        <>
          <p className="mb-3 max-w-[88ch] text-13 text-muted">
            {sameScale ? "All charts have the same scale, from zero." : "Each chart has a scale of its own, which says the shape of its days and not its size."}
            {shown.some(({ resolution }) => resolution === "day") && " Days begin at midnight by each region’s own clocks, whichever are chosen."}
          </p>
          <div className="grid gap-x-8 gap-y-6 sm:grid-cols-2 lg:grid-cols-3">
            {shown.map((answer) => (
              <Chart key={answer.region} answer={answer} shared={sameScale ? { low: Math.min(0, all.low), high: all.high } : null} zone={zone} />
            ))}
          </div>
        </>
      )}
      {missing.length > 0 && <p className="mt-4 text-13 text-muted">No public feed read: {missing.join(", ")}.</p>}
      <SourceLine sources={notes} />
    </Card>
  );
}

function csvHref({ region, from, to, zone, resolution }: SeriesAnswer): string {
  return `/api/grid/series?${new URLSearchParams({ region, metric: demandMetric(region), from, to, tz: zone.name, resolution, format: "csv" })}`;
}

function Chart({ answer, shared, zone }: { answer: SeriesAnswer; shared: Extent | null; zone: ProvinceFilters["zone"] }) {
  const { region, lines, from, to, sources } = answer;
  if (extentOf(lines) === null) return null;
  const used = sources.filter(({ id }) => lines.some(({ source }) => source === id)).map(({ name }) => name);
  return (
    <SmallChart
      id={`demand-${regionFacts[region].code.toLowerCase()}`}
      name={regionFacts[region].name}
      color={regionToken(region)}
      line={smallLineOf(lines)}
      from={Date.parse(from)}
      to={Date.parse(to)}
      zone={shownZone(answer, zone)}
      shared={shared}
      source={`Source: ${used.join("; ")}`}
      csvHref={csvHref(answer)}
    />
  );
}

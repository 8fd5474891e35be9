import { regionFacts, type GridStatus } from "#domains/grid/index.ts";
import { RegionStrip, stripRegions } from "#domains/grid/components/region-strip.tsx";
import { RegionTile } from "#domains/grid/components/region-tile.tsx";
import { SupplyCard } from "#domains/grid/components/supply-card.tsx";
import { clockFor, type ZoneChoice } from "#domains/grid/components/zone-choice.ts";
import { clockOf } from "#domains/grid/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { routes } from "#ui/shell/routes.ts";

const pages: Partial<Record<string, string>> = { "CA-ON": routes.ontario.href, "CA-AB": routes.alberta.href };

/** The strip of regions and Ontario's supply. */
export function GridPanels({ status, choice, now }: { status: GridStatus; choice: ZoneChoice; now: Date }) {
  const clock = (region: (typeof stripRegions)[number]) => clockFor(choice, clockOf(regionFacts[region].zone, now));
  const sourceOf = (id: string | undefined) => status.sources.find((source) => source.id === id);
  const shown = stripRegions.flatMap((region) => status.regions.filter((each) => each.region === region).map((each) => ({ region, each })));
  const ontario = shown.find(({ region }) => region === "CA-ON");
  return (
    <div className="grid gap-4">
      <RegionStrip>
        {shown.map(({ region, each }) => (
          <RegionTile
            key={region}
            status={each}
            source={sourceOf(each.demand?.source)}
            href={pages[region] ?? routes.provinces.href}
            clock={clock(region)}
            at={status.at}
          />
        ))}
      </RegionStrip>
      {ontario && (
        <SupplyCard
          status={ontario.each}
          source={sourceOf(ontario.each.mix?.source)}
          help={<HelpButton id="generation-mix" />}
          href={routes.ontario.href}
          clock={clock("CA-ON")}
          now={now}
        />
      )}
    </div>
  );
}

import Clock from "lucide-react/icons/clock";
import type { Metadata } from "next";
import { pageHref } from "#lib/page-href.ts";
import { RegionCharts } from "#app/(public)/grid/provinces/region-charts.tsx";
import { RegionTable } from "#app/(public)/grid/provinces/region-table.tsx";
import { loadProvinces } from "#app/(public)/grid/provinces/load-provinces.ts";
import { readProvinceFilters } from "#app/(public)/grid/provinces/province-filters.ts";
import { StatusAway } from "#app/(public)/overview/status-away.tsx";
import { SampleBadge } from "#domains/grid/components/sample-badge.tsx";
import { ZoneSwitch } from "#domains/grid/components/zone-switch.tsx";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { LinkGroup } from "#ui/link-group.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Breadcrumbs } from "#ui/shell/breadcrumbs.tsx";
import { crumbsOf, routes } from "#ui/shell/routes.ts";

const { label, helpId, href } = routes.provinces;
const ranges = [["7 d", "7d"], ["30 d", "30d"], ["1 y", "1y"]] as const;

export const metadata: Metadata = { title: label };

interface ProvincesPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ProvincesPage({ searchParams }: ProvincesPageProps) {
  const filters = readProvinceFilters(await searchParams);
  const now = new Date();
  const loaded = await loadProvinces(filters.range, now);
  const link = (changed: Partial<typeof filters.query>) => pageHref(href, { ...filters.query, ...changed });
  return (
    <div className="mx-auto max-w-content">
      <Breadcrumbs crumbs={crumbsOf(routes.provinces)} />
      <PageHeader title={label} help={<HelpButton id={helpId} />} actions={loaded?.status.regions.some(({ sample }) => sample) && <SampleBadge />} />
      <div className="mb-4 flex flex-wrap items-center gap-2 border-y py-3 print:hidden">
        <LinkGroup label="Range" choices={ranges.map(([name, range]) => ({ label: name, href: link({ range: range === "7d" ? undefined : range }), current: filters.range === range }))} />
        <LinkGroup
          label="Scale"
          choices={[
            { label: "Own scale", href: link({ scale: undefined }), current: !filters.sameScale },
            { label: "Same scale", href: link({ scale: "same" }), current: filters.sameScale },
          ]}
        />
        <ZoneSwitch value={filters.zone} icon={<Clock />} />
      </div>
      {loaded === null ? (
        <StatusAway />
      ) : (
        <div className="grid gap-4">
          <RegionCharts {...loaded} filters={filters} />
          <RegionTable {...loaded} filters={filters} now={now} link={link} />
        </div>
      )}
    </div>
  );
}

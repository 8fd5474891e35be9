import type { Metadata } from "next";
import { RegionSampleBadge } from "#app/(public)/grid/region-sample-badge.tsx";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { GridNews } from "#domains/grid/components/grid-news.tsx";
import { DemandChart } from "#domains/grid/components/demand-chart.tsx";
import { EmissionsChart } from "#domains/grid/components/emissions-chart.tsx";
import { IntertieChart } from "#domains/grid/components/intertie-chart.tsx";
import { PageActions } from "#domains/grid/components/page-actions.tsx";
import { PageFilters } from "#domains/grid/components/page-filters.tsx";
import { PriceChart } from "#domains/grid/components/price-chart.tsx";
import { SupplyChart } from "#domains/grid/components/supply-chart.tsx";
import { pageZonesOf, streamsOfRegion } from "#domains/grid/server.ts";
import type { ShownMetric } from "#domains/insights/index.ts";
import { ExplainChart } from "#domains/insights/components/explain-chart.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Breadcrumbs } from "#ui/shell/breadcrumbs.tsx";
import { crumbsOf, routes } from "#ui/shell/routes.ts";

const { label, helpId } = routes.alberta;
const region = "CA-AB";

export const metadata: Metadata = { title: label };

export default function AlbertaPage() {
  const zones = pageZonesOf(region, new Date());
  const explain = (metric: ShownMetric, cardId: string) => <ExplainChart region={region} metric={metric} cardId={cardId} zones={zones} help={<HelpButton id="explain-a-chart" />} />;
  return (
    <div className="mx-auto max-w-content">
      <Breadcrumbs crumbs={crumbsOf(routes.alberta)} />
      <PageHeader title={label} help={<HelpButton id={helpId} />} actions={<><RegionSampleBadge region={region} /><PageActions zones={zones} region={region} /></>} />
      <GridNews streams={streamsOfRegion(region)}>
        <PageFilters zones={zones} region={region} />
        <div className="grid gap-4 lg:grid-cols-12">
          <DemandChart region={region} zones={zones} explain={explain("internal-load", "demand")} help={<HelpButton id="alberta-internal-load" />} className="lg:col-span-12" />
          <SupplyChart region={region} zones={zones} explain={explain("generation", "supply")} help={<HelpButton id="generation-mix" />} className="lg:col-span-12" />
          <PriceChart region={region} zones={zones} explain={explain("price", "price")} help={<HelpButton id="pool-price" />} className="lg:col-span-6" />
          <IntertieChart region={region} zones={zones} explain={explain("intertie-flow", "interties")} help={<HelpButton id="intertie" />} className="lg:col-span-6" />
          <EmissionsChart region={region} zones={zones} explain={explain("emissions-intensity", "emissions")} help={<HelpButton id="emissions-intensity" />} className="lg:col-span-12" />
        </div>
      </GridNews>
    </div>
  );
}

import type { Metadata } from "next";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Breadcrumbs } from "#ui/shell/breadcrumbs.tsx";
import { crumbsOf, routes } from "#ui/shell/routes.ts";
import { RegionSources } from "#app/(public)/grid/region-sources.tsx";

const { label, helpId } = routes.weather;

export const metadata: Metadata = { title: label };

export default function WeatherPage() {
  return (
    <div className="mx-auto max-w-content">
      <Breadcrumbs crumbs={crumbsOf(routes.weather)} />
      <PageHeader title={label} help={<HelpButton id={helpId} />} />
      <RegionSources publishers={["open-meteo", "msc"]} />
    </div>
  );
}

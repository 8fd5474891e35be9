import type { Metadata } from "next";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Breadcrumbs } from "#ui/shell/breadcrumbs.tsx";
import { crumbsOf, routes } from "#ui/shell/routes.ts";
import { RegionSources } from "#app/(public)/grid/region-sources.tsx";

const { label, helpId } = routes.ontario;

export const metadata: Metadata = { title: label };

export default function OntarioPage() {
  return (
    <div className="mx-auto max-w-content">
      <Breadcrumbs crumbs={crumbsOf(routes.ontario)} />
      <PageHeader title={label} help={<HelpButton id={helpId} />} />
      <RegionSources publishers={["ieso"]} />
    </div>
  );
}

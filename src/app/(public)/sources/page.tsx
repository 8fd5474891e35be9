import type { Metadata } from "next";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { sources } from "#domains/grid/server.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { routes } from "#ui/shell/routes.ts";
import { RegionSources } from "#app/(public)/grid/region-sources.tsx";

const { label, helpId } = routes.sources;

export const metadata: Metadata = { title: label };

export default function SourcesPage() {
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} help={<HelpButton id={helpId} />} />
      <RegionSources publishers={sources.map(({ id }) => id.split(".")[0] ?? id)} />
    </div>
  );
}

import type { Metadata } from "next";
import { StatusAway } from "#app/(public)/overview/status-away.tsx";
import { loadSources } from "#app/(public)/sources/load-sources.ts";
import { SourceFilters } from "#app/(public)/sources/source-filters.tsx";
import { readSourceFilters } from "#app/(public)/sources/source-filter.ts";
import { SourceTable } from "#app/(public)/sources/source-table.tsx";
import Clock from "lucide-react/icons/clock";
import { Card } from "#ui/card.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { routes } from "#ui/shell/routes.ts";
import { toZoneChoice } from "#domains/grid/components/zone-choice.ts";
import { ZoneSwitch } from "#domains/grid/components/zone-switch.tsx";
import { HelpButton } from "#domains/help/components/help-button.tsx";

const { label, helpId } = routes.sources;

export const metadata: Metadata = { title: label };

interface SourcesPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SourcesPage({ searchParams }: SourcesPageProps) {
  const params = await searchParams;
  const now = new Date();
  const sources = await loadSources(now);
  const choice = toZoneChoice(params["tz"]);
  const filter = readSourceFilters(params);
  const shown = sources?.filter(({ publisher, state }) => (filter.publisher === null || publisher === filter.publisher) && (filter.state === null || state === filter.state)) ?? [];
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} help={<HelpButton id={helpId} />} actions={<ZoneSwitch value={choice} icon={<Clock />} />} />
      {sources === null ? (
        <StatusAway />
      ) : (
        <>
          <SourceFilters filter={filter} choice={choice} publishers={[...new Set(sources.map(({ publisher }) => publisher))]} />
          <Card id="sources" title="What Tieline reads" aside={<span>{`${shown.length} of ${sources.length} sources`}</span>}>
            {shown.length === 0 ? (
              <div className="mt-2">
                <StateMessage kind="empty" title="No source that these filters fit">
                  Another publisher or state may have some.
                </StateMessage>
              </div>
            ) : (
              <SourceTable sources={shown} choice={choice} now={now} />
            )}
            <div className="mt-3 flex items-center gap-2 border-t pt-2 text-12 text-muted">
              <span>What is new can be followed as it comes: <a href="/api/streams" className="touch-area text-muted">the list of streams</a>, for programs.</span>
              <HelpButton id="streams" />
            </div>
          </Card>
        </>
      )}
    </div>
  );
}

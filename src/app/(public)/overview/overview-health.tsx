import Link from "next/link";
import { Card } from "#ui/card.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { routes } from "#ui/shell/routes.ts";
import { SourceHealthTable } from "#domains/grid/components/source-health-table.tsx";
import { clockFor, type ZoneChoice } from "#domains/grid/components/zone-choice.ts";
import { clockOf } from "#domains/grid/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import type { Overview } from "#app/(public)/overview/load-overview.ts";

const { helpId, href } = routes.sources;

/** How the sources that are read do. */
export function OverviewHealth({ sources, choice, now }: Omit<Overview, "status"> & { choice: ZoneChoice; now: Date }) {
  const read = sources.filter(({ state, hours }) => state === "late" || state === "on-time" || state === "not-answering" || hours.length > 0);
  const onTime = read.filter(({ state }) => state === "on-time").length;
  return (
    <Card
      id="source-health"
      title="Source health, last 24 h"
      help={<HelpButton id={helpId} />}
      aside={
        <>
          {read.length > 0 && <span>{`${onTime} of ${read.length} on time`}</span>}
          <Link href={href} className="touch-area max-sm:hidden">
            All sources
          </Link>
        </>
      }
      className="lg:col-span-12"
    >
      {read.length > 0 ? (
        <SourceHealthTable sources={read} clockOf={({ zone }) => clockFor(choice, clockOf(zone, now))} now={now} />
      ) : (
        <div className="mt-2">
          <StateMessage kind="empty" title="No source has been read yet">
            Until one answers, the numbers above are sample data. <Link href={href}>All sources</Link>
          </StateMessage>
        </div>
      )}
    </Card>
  );
}

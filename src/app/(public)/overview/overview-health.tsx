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
export function OverviewHealth({ sources, hours, choice, now }: Omit<Overview, "status"> & { choice: ZoneChoice; now: Date }) {
  const read = sources.filter(({ note: { id, state } }) => state === "late" || state === "on-time" || state === "not-answering" || id in hours);
  const onTime = read.filter(({ note }) => note.state === "on-time").length;
  const zones = new Map(read.map(({ note, zone }) => [note.id, zone]));
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
        <SourceHealthTable sources={read.map(({ note }) => note)} hours={hours} clockOf={({ id }) => clockFor(choice, clockOf(zones.get(id) ?? "UTC", now))} now={now} />
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

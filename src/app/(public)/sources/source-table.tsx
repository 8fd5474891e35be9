import Link from "next/link";
import type { GridSource } from "#domains/grid/index.ts";
import { HourCells } from "#domains/grid/components/hour-cells.tsx";
import { reportName } from "#domains/grid/components/report-name.ts";
import { newest } from "#domains/grid/components/source-health-table.tsx";
import { SourceStateLine } from "#domains/grid/components/source-state.tsx";
import { clockFor, type ZoneChoice } from "#domains/grid/components/zone-choice.ts";
import { clockOf } from "#domains/grid/server.ts";
import { formatSpan } from "#lib/format-time.ts";
import { DataTable } from "#ui/data-table.tsx";
import { routes } from "#ui/shell/routes.ts";

interface SourceTableProps {
  sources: GridSource[];
  choice: ZoneChoice;
  now: Date;
}

/** Every source with its state; each has a place of its own in the page, and a page of its own. */
export function SourceTable({ sources, choice, now }: SourceTableProps) {
  const clock = (zone: string, at: string) => clockFor(choice, clockOf(zone, new Date(at)));
  return (
    <div className="mt-2">
      <DataTable
        caption="Sources, their state, cadence, newest data and licence"
        rows={sources}
        keyOf={({ id }) => id}
        columns={[
          {
            label: "Source",
            cell: (source) => (
              <span id={source.id} className="block scroll-mt-20">
                <Link href={`${routes.sources.href}/${source.id}`} prefetch={false} className="touch-area">
                  {reportName(source)}
                </Link>
                <span className="block font-regular text-muted">{source.publisher}</span>
              </span>
            ),
          },
          { label: "State", cell: (source) => <State source={source} now={now} /> },
          { label: "Cadence", cell: ({ cadenceMinutes }) => <span className="whitespace-nowrap">{formatSpan(cadenceMinutes)}</span> },
          { label: "Newest data", cell: ({ dataUntil, zone }) => (dataUntil === null ? <None /> : newest(dataUntil, clock(zone, dataUntil), now)) },
          { label: "Last success", cell: ({ fetchedAt, zone }) => (fetchedAt === null ? <None /> : newest(fetchedAt, clock(zone, fetchedAt), now)) },
          { label: "By hour, oldest to newest", cell: ({ hours }) => (hours.length > 0 ? <HourCells hours={hours} /> : <span className="text-muted">not read</span>) },
          { label: "Units, times, signs", cell: (source) => <Rules {...source} /> },
          {
            label: "Licence",
            cell: ({ licence }) => (
              <a href={licence.url} className="touch-area">
                {licence.name}
              </a>
            ),
          },
        ]}
      />
    </div>
  );
}

function None() {
  return <span className="text-muted">none yet</span>;
}

function State({ source, now }: { source: GridSource; now: Date }) {
  return (
    <>
      <SourceStateLine source={source} now={now} />
      {source.lastError !== null && (
        <details className="text-12 text-muted">
          <summary className="min-h-6 cursor-pointer py-1 whitespace-nowrap max-md:py-3">Last error</summary>
          <span className="break-words">{source.lastError}</span>
        </details>
      )}
    </>
  );
}

function Rules({ rules: { unit, time, sign } }: Pick<GridSource, "rules">) {
  return (
    <details className="max-w-64">
      <summary className="min-h-6 cursor-pointer py-0.5 max-md:py-3">{unit.split(",")[0]}</summary>
      <span className="block text-12 text-muted">
        {unit}. {time}. {sign}.
      </span>
    </details>
  );
}

import Link from "next/link";
import type { HourState } from "#domains/grid/index.ts";
import { HourCells } from "#domains/grid/components/hour-cells.tsx";
import { reportName } from "#domains/grid/components/report-name.ts";
import { newest } from "#domains/grid/components/source-health-table.tsx";
import { SourceStateLine } from "#domains/grid/components/source-state.tsx";
import { clockFor, type ZoneChoice } from "#domains/grid/components/zone-choice.ts";
import { clockOf, type SourceDetail } from "#domains/grid/server.ts";
import { formatSpan } from "#lib/format-time.ts";
import { DataTable } from "#ui/data-table.tsx";
import { routes } from "#ui/shell/routes.ts";

interface SourceTableProps {
  sources: SourceDetail[];
  hours: Readonly<Record<string, HourState[]>>;
  choice: ZoneChoice;
  now: Date;
}

/** Every source with its state; each has a place of its own in the page, and a page of its own. */
export function SourceTable({ sources, hours, choice, now }: SourceTableProps) {
  const clock = (zone: string, at: string) => clockFor(choice, clockOf(zone, new Date(at)));
  return (
    <div className="mt-2">
      <DataTable
        caption="Sources, their state, cadence, newest data and licence"
        rows={sources}
        keyOf={({ note }) => note.id}
        columns={[
          {
            label: "Source",
            cell: ({ note }) => (
              <span id={note.id} className="block scroll-mt-20">
                <Link href={`${routes.sources.href}/${note.id}`} prefetch={false} className="touch-area">
                  {reportName(note)}
                </Link>
                <span className="block font-regular text-muted">{note.publisher}</span>
              </span>
            ),
          },
          { label: "State", cell: (source) => <State source={source} now={now} /> },
          { label: "Cadence", cell: ({ note }) => <span className="whitespace-nowrap">{formatSpan(note.cadenceMinutes)}</span> },
          { label: "Newest data", cell: ({ note, zone }) => (note.dataUntil === null ? <None /> : newest(note.dataUntil, clock(zone, note.dataUntil), now)) },
          { label: "Last success", cell: ({ note, zone }) => (note.fetchedAt === null ? <None /> : newest(note.fetchedAt, clock(zone, note.fetchedAt), now)) },
          { label: "By hour, oldest to newest", cell: ({ note }) => (hours[note.id] ? <HourCells hours={hours[note.id] ?? []} /> : <span className="text-muted">not read</span>) },
          { label: "Units, times, signs", cell: (source) => <Rules {...source} /> },
          {
            label: "Licence",
            cell: ({ note }) => (
              <a href={note.licence.url} className="touch-area">
                {note.licence.name}
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

function State({ source: { note, lastError }, now }: { source: SourceDetail; now: Date }) {
  return (
    <>
      <SourceStateLine source={note} now={now} />
      {lastError !== null && (
        <details className="text-12 text-muted">
          <summary className="min-h-6 cursor-pointer py-1 max-md:py-3">Last error</summary>
          <span className="break-words">{lastError}</span>
        </details>
      )}
    </>
  );
}

function Rules({ rules: { unit, time, sign } }: Pick<SourceDetail, "rules">) {
  return (
    <details className="max-w-64">
      <summary className="min-h-6 cursor-pointer py-0.5 max-md:py-3">{unit.split(",")[0]}</summary>
      <span className="block text-12 text-muted">
        {unit}. {time}. {sign}.
      </span>
    </details>
  );
}

import Link from "next/link";
import { formatPartialDate, type Incident, incidentKindNames, placeName } from "#domains/resilience/index.ts";
import { formatCount } from "#lib/format-number.ts";
import { pageHref } from "#lib/page-href.ts";
import { badgeClass } from "#ui/badge.ts";
import { DataTable } from "#ui/data-table.tsx";
import { DeferredDetails } from "#ui/deferred-details.tsx";
import { SourceList } from "./source-list.tsx";

/** Documented incidents, as they are sorted; each has an address of its own. */
export function IncidentTable({ incidents, given }: { incidents: Incident[]; given: Readonly<Record<string, string>> }) {
  return (
    <DataTable
      caption="Documented incidents, the newest first"
      rows={incidents}
      keyOf={({ id }) => id}
      columns={[
        { label: "Incident", cell: (incident) => <Title incident={incident} /> },
        { label: "Kind", cell: ({ kind }) => <span className={badgeClass}>{incidentKindNames[kind]}</span> },
        { label: "Where", cell: ({ regions }) => regions.map(placeName).join(", ") },
        { label: "Power lost, MW", align: "right", cell: ({ lostMw }) => (lostMw === null ? <NotStated /> : formatCount(lostMw)) },
        { label: "Customers", align: "right", cell: ({ customers }) => (customers === null ? <NotStated /> : formatCount(customers)) },
        { label: "What happened", cell: (incident) => <Story incident={incident} given={given} /> },
      ]}
    />
  );
}

function NotStated() {
  return (
    <span className="text-muted">
      <span aria-hidden>–</span>
      <span className="sr-only">not stated</span>
    </span>
  );
}

function Title({ incident: { id, title, started, ended } }: { incident: Incident }) {
  return (
    <span id={`incident-${id}`} className="grid max-w-[260px] scroll-mt-4 gap-0.5">
      <span>{title}</span>
      <span className="font-regular text-muted">
        {formatPartialDate(started)}
        {ended !== null && ended !== started && ` to ${formatPartialDate(ended)}`}
      </span>
    </span>
  );
}

function Story({ incident: { id, place, summary, consequence, techniques, sources }, given }: { incident: Incident; given: Readonly<Record<string, string>> }) {
  return (
    <div className="max-w-[460px]">
      <p>{consequence}</p>
      <DeferredDetails id={`story-${id}`} className="mt-1 scroll-mt-4" summaryClass="touch-area w-max cursor-pointer text-muted" summary="Story and sources">
        <div className="mt-2 grid gap-2">
          <p>{summary}</p>
          <p className="text-muted">{place}</p>
          {techniques.length > 0 && (
            <p className="flex flex-wrap gap-x-3 gap-y-1">
              {techniques.map((technique) => (
                <Link key={technique} href={`${pageHref("/security", { ...given, technique })}#technique`} prefetch={false} className="touch-area font-mono text-12">
                  {technique}
                </Link>
              ))}
            </p>
          )}
          <SourceList sources={sources} />
        </div>
      </DeferredDetails>
    </div>
  );
}

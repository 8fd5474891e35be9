import type { Metadata } from "next";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { ConsultationList } from "#domains/resilience/components/consultation-list.tsx";
import { ConsultationQuery, type ConsultationStatus, type DatedConsultation } from "#domains/resilience/index.ts";
import { listConsultations } from "#domains/resilience/server.ts";
import { pageHref } from "#lib/page-href.ts";
import { Card } from "#ui/card.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pager } from "#ui/pager.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { routes } from "#ui/shell/routes.ts";
import { ConsultationFilters } from "#app/(public)/consultations/consultation-filters.tsx";
import { readListFilters, type SearchParams } from "#app/read-filters.ts";
import { RefusedFilters } from "#app/refused-filters.tsx";

const { label, helpId, href } = routes.consultations;

export const metadata: Metadata = { title: label };

const groups: { status: ConsultationStatus; title: string; none: string }[] = [
  { status: "open", title: "Open now", none: "None of the recorded consultations takes comments today. The bodies' own sites know of more." },
  { status: "upcoming", title: "Announced", none: "" },
  { status: "closed", title: "Closed", none: "" },
];

export default async function ConsultationsPage({ searchParams }: { searchParams: SearchParams }) {
  const { query, given, cursor, refused } = readListFilters(ConsultationQuery, await searchParams);
  const { consultations, nextCursor } = await listConsultations(query);
  const filtered = Object.keys(given).length > 0;
  return (
    <div className="mx-auto grid max-w-content gap-4">
      <div className="-mb-4">
        <PageHeader title={label} help={<HelpButton id={helpId} />} />
        <ConsultationFilters given={given} />
        <RefusedFilters names={refused} />
      </div>
      {filtered && consultations.length === 0 ? (
        <StateMessage kind="empty" title="No recorded consultation fits all these filters">Take one away, or clear them all.</StateMessage>
      ) : (
        groups.map((group) => <Group key={group.status} {...group} consultations={consultations.filter(({ status }) => status === group.status)} quiet={filtered || cursor !== undefined} />)
      )}
      <Pager path={href} query={given} cursor={cursor} next={nextCursor} />
      <p className="text-12 text-muted">
        Published consultations about the grid in Canada, each with the dates that a public source names; not a complete list. States follow from the dates, in Eastern Standard Time.{" "}
        <a href={pageHref("/api/consultations", { ...given, format: "csv" })} download className="touch-area">These as CSV</a>
      </p>
    </div>
  );
}

interface GroupProps {
  status: ConsultationStatus;
  title: string;
  none: string;
  consultations: DatedConsultation[];
  /** Whether an empty group is left out. */
  quiet: boolean;
}

function Group({ status, title, none, consultations, quiet }: GroupProps) {
  if (consultations.length === 0 && (quiet || none === "")) return null;
  return (
    <Card id={`state-${status}`} title={title} aside={consultations.length === 0 ? undefined : String(consultations.length)}>
      {consultations.length === 0 ? <p className="text-13 text-muted">{none}</p> : <ConsultationList consultations={consultations} />}
    </Card>
  );
}

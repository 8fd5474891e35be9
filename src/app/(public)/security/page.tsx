import type { Metadata } from "next";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { IncidentTable } from "#domains/resilience/components/incident-table.tsx";
import { MitigationList } from "#domains/resilience/components/mitigation-list.tsx";
import { TechniqueDetail } from "#domains/resilience/components/technique-detail.tsx";
import { ThreatMatrix } from "#domains/resilience/components/threat-matrix.tsx";
import { attackAttribution, frameworkNames, frameworks, IncidentQuery } from "#domains/resilience/index.ts";
import { listIncidents, listMitigations, listThreatModels } from "#domains/resilience/server.ts";
import { formatQuantity } from "#lib/format-number.ts";
import { pageHref } from "#lib/page-href.ts";
import { Card } from "#ui/card.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pager } from "#ui/pager.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { routes } from "#ui/shell/routes.ts";
import { IncidentFilters } from "#app/(public)/security/incident-filters.tsx";
import { readListFilters, type SearchParams } from "#app/read-filters.ts";
import { RefusedFilters } from "#app/refused-filters.tsx";

const { label, helpId, href } = routes.security;
const wholeRecord = 200;

export const metadata: Metadata = { title: label };

export default async function SecurityPage({ searchParams }: { searchParams: SearchParams }) {
  const { query, given: allGiven, cursor, refused } = readListFilters(IncidentQuery, await searchParams);
  const { technique: selected, ...filter } = query;
  const { technique: _selected, ...given } = allGiven;
  const [{ threatModels }, { mitigationStrategies }, record, { incidents, nextCursor }] = await Promise.all([
    listThreatModels({ limit: wholeRecord }),
    listMitigations({ limit: wholeRecord }),
    listIncidents({ limit: wholeRecord }),
    listIncidents(filter),
  ]);
  const model = threatModels.find(({ id }) => id === selected);
  return (
    <div className="mx-auto grid max-w-content gap-4">
      <div className="-mb-4">
        <PageHeader title={label} help={<HelpButton id={helpId} />} />
      </div>
      <Card
        id="matrix"
        title="Threats by tactic"
        help={<HelpButton id="threat-matrix" />}
        aside={`${formatQuantity(threatModels.length, "technique")} of ATT&CK for ICS`}
      >
        <p className="mb-3 max-w-measure text-13 text-muted">
          How an intruder gets in, what is done inside, and what it does to a grid. Shaded techniques were seen in an incident below. Choose one to read what it means.
        </p>
        {threatModels.length === 0 ? (
          <StateMessage kind="empty" title="Nothing is recorded yet">Threats appear here once the record has been seeded.</StateMessage>
        ) : (
          <ThreatMatrix models={threatModels} selected={model?.id} given={given} />
        )}
        {model && (
          <TechniqueDetail
            model={model}
            incidents={record.incidents.filter(({ id }) => model.incidents.includes(id))}
            mitigations={mitigationStrategies.filter(({ id }) => model.mitigations.includes(id))}
            given={given}
          />
        )}
        {selected !== undefined && !model && <StateMessage kind="empty" title={`${selected} isn't in this record`}>It holds the techniques that matter most to grids, not all of ATT&CK.</StateMessage>}
        <p className="mt-3 border-t pt-2 text-12 text-muted">{attackAttribution}</p>
      </Card>
      <Card id="incidents" title="Documented incidents" help={<HelpButton id="grid-incidents" />} aside={Object.keys(given).length === 0 ? formatQuantity(incidents.length, "incident") : `${incidents.length} of ${record.incidents.length}`}>
        <IncidentFilters given={given} technique={model?.id} />
        <RefusedFilters names={refused} />
        {incidents.length === 0 ? (
          <StateMessage kind="empty" title="No recorded incident fits all these filters">Take one away, or clear them all.</StateMessage>
        ) : (
          <IncidentTable incidents={incidents} given={given} />
        )}
        <p className="mt-3 text-12">
          <a href={pageHref("/api/security/incidents", { ...given, format: "csv" })} download className="touch-area">These incidents as CSV</a>
        </p>
        <Pager path={href} query={{ ...allGiven }} cursor={cursor} next={nextCursor} />
      </Card>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {frameworks.toReversed().map((standard) => (
          <Card
            key={standard}
            id={standard}
            title={standard === "nerc-cip" ? "Standards: NERC CIP" : `Mitigations: ${frameworkNames[standard]}`}
            help={standard === "nerc-cip" ? <HelpButton id="nerc-cip" /> : <HelpButton id="attack-for-ics" />}
          >
            <MitigationList strategies={mitigationStrategies.filter((row) => row.standard === standard)} given={given} />
          </Card>
        ))}
      </div>
    </div>
  );
}

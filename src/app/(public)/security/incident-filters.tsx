import { incidentKindNames, incidentKinds, placeNames, tacticNames, tactics } from "#domains/resilience/index.ts";
import { Choice } from "#ui/choice.tsx";
import { Filter, FilterForm } from "#ui/filter-form.tsx";
import { Input } from "#ui/input.tsx";
import { routes } from "#ui/shell/routes.ts";

/** Narrows the incidents; the technique that is open stays open. */
export function IncidentFilters({ given, technique }: { given: Record<string, string>; technique: string | undefined }) {
  return (
    <FilterForm path={`${routes.security.href}#incidents`} label="Incidents" active={Object.keys(given).length > 0}>
      {technique !== undefined && <input type="hidden" name="technique" value={technique} />}
      <Filter label="Words" className="w-44">
        <Input name="q" type="search" defaultValue={given.q} maxLength={200} />
      </Filter>
      <Filter label="Where" className="w-40">
        <Choice name="region" value={given.region} all="Everywhere" names={placeNames} />
      </Filter>
      <Filter label="Kind" className="w-40">
        <Choice name="kind" value={given.kind} all="All kinds" names={Object.fromEntries(incidentKinds.map((kind) => [kind, incidentKindNames[kind]]))} />
      </Filter>
      <Filter label="Tactic" className="w-40">
        <Choice name="tactic" value={given.tactic} all="Any or none" names={Object.fromEntries(tactics.map((tactic) => [tactic, tacticNames[tactic]]))} />
      </Filter>
      <div className="grid gap-3 max-sm:w-full sm:grid-cols-2">
        <Filter label="From" className="sm:w-40">
          <Input type="date" name="from" defaultValue={given.from} />
        </Filter>
        <Filter label="To" className="sm:w-40">
          <Input type="date" name="to" defaultValue={given.to} />
        </Filter>
      </div>
    </FilterForm>
  );
}

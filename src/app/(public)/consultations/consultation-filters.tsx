import { consultationStatuses, placeNames } from "#domains/resilience/index.ts";
import { Choice } from "#ui/choice.tsx";
import { Filter, FilterForm } from "#ui/filter-form.tsx";
import { Input } from "#ui/input.tsx";
import { routes } from "#ui/shell/routes.ts";

const names = { upcoming: "Announced", open: "Open", closed: "Closed" };

export function ConsultationFilters({ given }: { given: Record<string, string> }) {
  return (
    <FilterForm path={routes.consultations.href} label="Consultations" active={Object.keys(given).length > 0}>
      <Filter label="Words" className="w-52">
        <Input name="q" type="search" defaultValue={given.q} maxLength={200} />
      </Filter>
      <Filter label="Where" className="w-48">
        <Choice name="region" value={given.region} all="Everywhere" names={Object.fromEntries(Object.entries(placeNames).filter(([place]) => place.startsWith("CA")))} />
      </Filter>
      <Filter label="State" className="w-36">
        <Choice name="status" value={given.status} all="All" names={Object.fromEntries(consultationStatuses.map((status) => [status, names[status]]))} />
      </Filter>
      <div className="grid gap-3 max-sm:w-full sm:grid-cols-2">
        <Filter label="Open after" className="sm:w-40">
          <Input type="date" name="from" defaultValue={given.from} />
        </Filter>
        <Filter label="Open before" className="sm:w-40">
          <Input type="date" name="to" defaultValue={given.to} />
        </Filter>
      </div>
    </FilterForm>
  );
}

import { Filter, FilterForm, MoreFilters } from "#ui/filter-form.tsx";
import { Input } from "#ui/input.tsx";
import { consolePlaces } from "#app/admin/console-places.ts";

const seldom = ["target", "organisation", "request"];

export function AuditFilterForm({ given }: { given: Record<string, string> }) {
  return (
    <FilterForm path={consolePlaces.audit.href} label="Audit log" active={Object.keys(given).length > 0}>
      <Filter label="Who (e-mail or id)" className="w-52">
        <Input name="actor" defaultValue={given.actor} maxLength={320} />
      </Filter>
      <Filter label="Action begins with" className="w-40">
        <Input name="action" defaultValue={given.action} maxLength={100} placeholder="admin." />
      </Filter>
      <div className="grid grid-cols-2 gap-3 max-sm:w-full">
        <Filter label="From" className="sm:w-40">
          <Input type="date" name="from" defaultValue={given.from?.slice(0, 10)} />
        </Filter>
        <Filter label="To" className="sm:w-40">
          <Input type="date" name="to" defaultValue={given.to?.slice(0, 10)} />
        </Filter>
      </div>
      <MoreFilters open={seldom.some((name) => name in given)}>
        <Filter label="Target begins with" className="w-52">
          <Input name="target" defaultValue={given.target} maxLength={320} />
        </Filter>
        <Filter label="Organisation (id)" className="w-72">
          <Input name="organisation" defaultValue={given.organisation} maxLength={36} />
        </Filter>
        <Filter label="Request (id)" className="w-72">
          <Input name="request" defaultValue={given.request} maxLength={36} />
        </Filter>
      </MoreFilters>
    </FilterForm>
  );
}

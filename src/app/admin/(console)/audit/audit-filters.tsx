import { Filter, FilterForm } from "#ui/filter-form.tsx";
import { Input } from "#ui/input.tsx";
import { consolePlaces } from "#app/admin/console-places.ts";

export function AuditFilterForm({ given }: { given: Record<string, string> }) {
  return (
    <FilterForm path={consolePlaces.audit.href} label="Audit log" active={Object.keys(given).length > 0}>
      <Filter label="Who (e-mail or id)" className="w-52">
        <Input name="actor" defaultValue={given.actor} maxLength={320} />
      </Filter>
      <Filter label="Action begins with" className="w-40">
        <Input name="action" defaultValue={given.action} maxLength={100} placeholder="admin." />
      </Filter>
      <Filter label="Target begins with" className="w-40">
        <Input name="target" defaultValue={given.target} maxLength={320} />
      </Filter>
      <Filter label="From" className="w-36">
        <Input type="date" name="from" defaultValue={given.from?.slice(0, 10)} />
      </Filter>
      <Filter label="To" className="w-36">
        <Input type="date" name="to" defaultValue={given.to?.slice(0, 10)} />
      </Filter>
      <Filter label="Organisation (id)" className="w-52">
        <Input name="organisation" defaultValue={given.organisation} maxLength={36} />
      </Filter>
      <Filter label="Request (id)" className="w-52">
        <Input name="request" defaultValue={given.request} maxLength={36} />
      </Filter>
    </FilterForm>
  );
}

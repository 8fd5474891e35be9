import { llmEndpoints } from "#domains/llm/index.ts";
import { Choice } from "#ui/choice.tsx";
import { Filter, FilterForm, MoreFilters } from "#ui/filter-form.tsx";
import { Input } from "#ui/input.tsx";
import { outcomeWords, providerWords } from "#app/admin/(console)/llm/call-words.ts";
import { consolePlaces } from "#app/admin/console-places.ts";

const endpointNames = Object.fromEntries(llmEndpoints.map((endpoint) => [endpoint, endpoint]));
const seldom = ["provider", "model", "organisation", "source", "flag"];

export function CallFilterForm({ given }: { given: Record<string, string> }) {
  return (
    <FilterForm path={consolePlaces.modelCalls.href} label="Model calls" active={Object.keys(given).length > 0}>
      <Filter label="Outcome" className="w-44">
        <Choice name="outcome" value={given.outcome} all="Any" names={outcomeWords} />
      </Filter>
      <Filter label="What for" className="w-44">
        <Choice name="endpoint" value={given.endpoint} all="Any" names={endpointNames} />
      </Filter>
      <div className="grid grid-cols-2 gap-3 max-sm:w-full">
        <Filter label="From (UTC)" className="sm:w-40">
          <Input type="date" name="from" defaultValue={given.from} />
        </Filter>
        <Filter label="To (UTC)" className="sm:w-40">
          <Input type="date" name="to" defaultValue={given.to} />
        </Filter>
      </div>
      <MoreFilters open={seldom.some((name) => name in given)}>
        <Filter label="Provider" className="w-36">
          <Choice name="provider" value={given.provider} all="Any" names={providerWords} />
        </Filter>
        <Filter label="Model" className="w-52">
          <Input name="model" defaultValue={given.model} maxLength={200} />
        </Filter>
        <Filter label="Organisation (id)" className="w-72">
          <Input name="organisation" defaultValue={given.organisation} maxLength={36} />
        </Filter>
        <Filter label="Sent by" className="w-36">
          <Choice name="source" value={given.source} all="Any" names={{ gateway: "Tieline", sdk: "The SDK" }} />
        </Filter>
        <Filter label="Costs that are" className="w-44">
          <Choice name="flag" value={given.flag} all="Any" names={{ estimated: "the most possible", unpriced: "without a price" }} />
        </Filter>
      </MoreFilters>
    </FilterForm>
  );
}

import { callOutcomes, llmEndpoints, providerNames } from "#domains/llm/index.ts";
import { Filter, FilterForm } from "#ui/filter-form.tsx";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";
import { outcomeWords, providerWords } from "#app/admin/(console)/llm/call-words.ts";
import { consolePlaces } from "#app/admin/console-places.ts";

const seldom = ["provider", "model", "organisation", "source", "flag"];

export function CallFilterForm({ given }: { given: Record<string, string> }) {
  return (
    <FilterForm path={consolePlaces.modelCalls.href} label="Model calls" active={Object.keys(given).length > 0}>
      <Filter label="Outcome" className="w-44">
        <Choices name="outcome" value={given.outcome} choices={callOutcomes.map((outcome) => [outcome, outcomeWords[outcome]])} />
      </Filter>
      <Filter label="What for" className="w-44">
        <Choices name="endpoint" value={given.endpoint} choices={llmEndpoints.map((endpoint) => [endpoint, endpoint])} />
      </Filter>
      <div className="grid grid-cols-2 gap-3 max-sm:w-full">
        <Filter label="From (UTC)" className="sm:w-40">
          <Input type="date" name="from" defaultValue={given.from} />
        </Filter>
        <Filter label="To (UTC)" className="sm:w-40">
          <Input type="date" name="to" defaultValue={given.to} />
        </Filter>
      </div>
      <details open={seldom.some((name) => name in given)} className="w-full text-13">
        <summary className="touch-area w-max cursor-pointer text-muted">More filters</summary>
        <div className="mt-2 flex flex-wrap gap-x-3 gap-y-2">
          <Filter label="Provider" className="w-36">
            <Choices name="provider" value={given.provider} choices={providerNames.map((name) => [name, providerWords[name] ?? name])} />
          </Filter>
          <Filter label="Model" className="w-52">
            <Input name="model" defaultValue={given.model} maxLength={200} />
          </Filter>
          <Filter label="Organisation (id)" className="w-72">
            <Input name="organisation" defaultValue={given.organisation} maxLength={36} />
          </Filter>
          <Filter label="Sent by" className="w-36">
            <Choices name="source" value={given.source} choices={[["gateway", "Tieline"], ["sdk", "The SDK"]]} />
          </Filter>
          <Filter label="Costs that are" className="w-44">
            <Choices name="flag" value={given.flag} choices={[["estimated", "the most possible"], ["unpriced", "without a price"]]} />
          </Filter>
        </div>
      </details>
    </FilterForm>
  );
}

function Choices({ name, value, choices }: { name: string; value: string | undefined; choices: [value: string, label: string][] }) {
  return (
    <Select name={name} defaultValue={value ?? ""}>
      <option value="">Any</option>
      {choices.map(([choice, label]) => (
        <option key={choice} value={choice}>
          {label}
        </option>
      ))}
    </Select>
  );
}

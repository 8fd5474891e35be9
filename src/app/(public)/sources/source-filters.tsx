import { Filter, FilterForm } from "#ui/filter-form.tsx";
import { Select } from "#ui/select.tsx";
import { routes } from "#ui/shell/routes.ts";
import type { ZoneChoice } from "#domains/grid/components/zone-choice.ts";
import { stateNames, type SourceFilter } from "#app/(public)/sources/source-filter.ts";

interface SourceFiltersProps {
  filter: SourceFilter;
  choice: ZoneChoice;
  publishers: string[];
}

export function SourceFilters({ filter, choice, publishers }: SourceFiltersProps) {
  return (
    <FilterForm path={routes.sources.href} label="Sources" active={filter.publisher !== null || filter.state !== null}>
      {choice !== "operator" && <input type="hidden" name="tz" value={choice} />}
      <Filter label="Publisher" className="w-52">
        <Select name="publisher" defaultValue={filter.publisher ?? ""}>
          <option value="">Any</option>
          {publishers.map((publisher) => (
            <option key={publisher}>{publisher}</option>
          ))}
        </Select>
      </Filter>
      <Filter label="State" className="w-44">
        <Select name="state" defaultValue={filter.state ?? ""}>
          <option value="">Any</option>
          {Object.entries(stateNames).map(([state, name]) => (
            <option key={state} value={state}>
              {name}
            </option>
          ))}
        </Select>
      </Filter>
    </FilterForm>
  );
}

import { Filter, FilterForm } from "#ui/filter-form.tsx";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";
import { helpStatuses, type HelpListQuery } from "#domains/help/edit-schema.ts";
import { helpTopics } from "#domains/help/schema.ts";
import { statusWords } from "#domains/help/components/editing/status-words.ts";

type Filters = Omit<HelpListQuery, "cursor" | "limit">;

export function EntryFilters({ path, filters }: { path: string; filters: Filters }) {
  return (
    <FilterForm key={JSON.stringify(filters)} path={path} label="Help entries" active={Object.keys(filters).length > 0}>
      <Filter label="Words" className="sm:w-56">
        <Input type="search" name="q" defaultValue={filters.q} maxLength={200} />
      </Filter>
      <Filter label="Status" className="sm:w-36">
        <Select name="status" defaultValue={filters.status ?? ""}>
          <option value="">Not deleted</option>
          {helpStatuses.map((status) => (
            <option key={status} value={status}>
              {statusWords[status]}
            </option>
          ))}
        </Select>
      </Filter>
      <Filter label="Topic" className="sm:w-44">
        <Select name="topic" defaultValue={filters.topic ?? ""}>
          <option value="">All</option>
          {helpTopics.map((topic) => (
            <option key={topic}>{topic}</option>
          ))}
        </Select>
      </Filter>
      <Filter label="Language" className="sm:w-28">
        <Select name="language" defaultValue={filters.language ?? ""}>
          <option value="">All</option>
          <option value="en">English</option>
          <option value="fr">French</option>
        </Select>
      </Filter>
      <Filter label="Changes" className="sm:w-40">
        <Select name="changes" defaultValue={filters.changes ?? ""}>
          <option value="">All</option>
          <option value="unpublished">Not published yet</option>
        </Select>
      </Filter>
    </FilterForm>
  );
}

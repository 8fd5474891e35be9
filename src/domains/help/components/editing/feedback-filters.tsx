import { Filter, FilterForm } from "#ui/filter-form.tsx";
import { Select } from "#ui/select.tsx";
import type { FeedbackQuery, FeedbackSummary } from "#domains/help/edit-schema.ts";

interface FeedbackFiltersProps {
  path: string;
  filters: Omit<FeedbackQuery, "cursor" | "limit">;
  entries: FeedbackSummary["entries"];
}

export function FeedbackFilters({ path, filters, entries }: FeedbackFiltersProps) {
  const named = entries.toSorted((a, b) => a.title.localeCompare(b.title));
  const { entry, rating, handled, comment } = filters;
  return (
    <FilterForm key={JSON.stringify(filters)} path={path} label="Feedback" active={Object.keys(filters).length > 0}>
      <Filter label="Entry" className="sm:w-64">
        <Select name="entry" defaultValue={entry ?? ""}>
          <option value="">All</option>
          {entry !== undefined && !named.some(({ entryId }) => entryId === entry) && <option value={entry}>{entry}</option>}
          {named.map(({ entryId, title }) => (
            <option key={entryId} value={entryId}>
              {title}
            </option>
          ))}
        </Select>
      </Filter>
      <Filter label="Rating" className="sm:w-24">
        <Select name="rating" defaultValue={rating ?? ""}>
          <option value="">All</option>
          {[1, 2, 3, 4, 5].map((value) => (
            <option key={value}>{value}</option>
          ))}
        </Select>
      </Filter>
      <Filter label="State" className="sm:w-36">
        <Select name="handled" defaultValue={handled ?? ""}>
          <option value="">All</option>
          <option value="no">To handle</option>
          <option value="yes">Handled</option>
        </Select>
      </Filter>
      <Filter label="Comment" className="sm:w-36">
        <Select name="comment" defaultValue={comment ?? ""}>
          <option value="">All</option>
          <option value="yes">With a comment</option>
        </Select>
      </Filter>
    </FilterForm>
  );
}

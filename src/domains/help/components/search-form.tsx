import Search from "lucide-react/icons/search";
import { Button } from "#ui/button.tsx";
import { Input } from "#ui/input.tsx";

/** A plain form: it works before, and without, any script. */
export function HelpSearchForm({ query = "" }: { query?: string }) {
  return (
    <form action="/help" role="search" aria-label="Help" className="flex max-w-measure gap-2 print:hidden">
      <div className="relative min-w-0 flex-1 text-muted">
        <Search className="absolute top-1/2 left-3 -translate-y-1/2" />
        <Input
          key={query}
          type="search"
          name="q"
          aria-label="Search help"
          placeholder="Search help"
          defaultValue={query}
          maxLength={200}
          enterKeyHint="search"
          className="pl-9 text-text"
        />
      </div>
      <Button type="submit">Search</Button>
    </form>
  );
}

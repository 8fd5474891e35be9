import Link from "next/link";
import { type AppError, isAppError } from "#lib/errors.ts";
import { buttonClass } from "#ui/button.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { askHref } from "#domains/assistant/components/ask-href.ts";
import { SearchResults } from "#domains/help/components/search-results.tsx";
import type { HelpSearchResult } from "#domains/help/index.ts";
import { searchHelp } from "#domains/help/server.ts";
import { limitPage } from "#platform/http/limit-page.ts";

const resultsShown = 20;

/** What help holds on a query, or where to go instead. */
export async function SearchSection({ query }: { query: string }) {
  const found = await search(query);
  if (isAppError(found)) {
    return (
      <div className="max-w-measure">
        <StateMessage kind="error" title="The search couldn’t be run" action={<SearchAgain query={query} />}>
          {found.detail ?? "The database isn’t answering."} Entries can still be opened from the index.
        </StateMessage>
      </div>
    );
  }
  return (
    <>
      <h2 className="text-14 leading-6">
        {found.results.length === 0 ? "Nothing found" : words(found.results.length)} for “{query}”{" "}
        <Link href="/help" prefetch={false} className="touch-area ml-2 font-regular">
          Show all help
        </Link>
      </h2>
      {found.results.length === 0 ? <NothingFound query={query} /> : <SearchResults {...found} />}
    </>
  );
}

/** Answers the error when it is one that the page can explain. */
async function search(query: string): Promise<HelpSearchResult | AppError> {
  try {
    await limitPage("default");
    return await searchHelp({ q: query, limit: resultsShown });
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
}

function words(count: number): string {
  if (count === resultsShown) return `The ${count} best entries`;
  return count === 1 ? "1 entry" : `${count} entries`;
}

function SearchAgain({ query }: { query: string }) {
  return (
    <a href={`/help?q=${encodeURIComponent(query)}`} className={buttonClass()}>
      Search again
    </a>
  );
}

function NothingFound({ query }: { query: string }) {
  return (
    <div className="mt-3 max-w-measure">
      <StateMessage
        kind="empty"
        title="No entry holds these words"
        action={
          <Link href={askHref(query)} prefetch={false} className={buttonClass()}>
            Ask “{query}”
          </Link>
        }
      >
        Other words may find it. Asking says which entries come nearest.
      </StateMessage>
    </div>
  );
}

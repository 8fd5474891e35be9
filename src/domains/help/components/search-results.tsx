import Link from "next/link";
import { markSpans } from "#lib/marked-text.ts";
import { createSlugger } from "#lib/slug.ts";
import { MarkedText } from "#ui/marked-text.tsx";
import type { HelpSearchResult } from "#domains/help/schema.ts";

export function SearchResults({ results }: HelpSearchResult) {
  return (
    <ol className="mt-2 max-w-measure">
      {results.map(({ id, title, topic, heading, snippet, marks, language }) => (
        <li key={id} lang={language} className="border-t py-3">
          <Link
            href={heading ? `/help/${id}#${createSlugger()(heading)}` : `/help/${id}`}
            prefetch={false}
            className="inline-flex min-h-6 items-center text-16 font-strong max-md:min-h-11 max-md:min-w-11"
          >
            {title}
          </Link>
          <p className="text-12 text-muted">
            {topic}
            {heading && ` · ${heading}`}
          </p>
          <p className="mt-1 text-14">
            <MarkedText stretches={markSpans(snippet, marks)} />
            {/[.!?:]$/.test(snippet.trim()) ? "" : " …"}
          </p>
        </li>
      ))}
    </ol>
  );
}

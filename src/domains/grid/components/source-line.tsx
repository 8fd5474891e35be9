import type { ReactNode } from "react";
import type { SourceNote } from "#domains/grid/series/series-schema.ts";

/** Whose numbers a card shows, and on what terms; one row is kept free for it. */
export function SourceLine({ sources, note }: { sources: readonly SourceNote[]; note?: ReactNode }) {
  const licences = [...new Map(sources.map(({ licence }) => [licence.url, licence])).values()];
  return (
    <p className="chart-sources mt-3 flex min-h-[29px] flex-wrap gap-x-4 gap-y-1 border-t pt-2 text-12 text-muted">
      {sources.length > 0 && (
        <span>
          {sources.length === 1 ? "Source: " : "Sources: "}
          {sources.map(({ id, name, page }, index) => (
            <span key={id}>
              {index > 0 && "; "}
              {page === "" ? name : <a href={page} className="text-muted">{name}</a>}
            </span>
          ))}
        </span>
      )}
      {licences.map(({ name, url }) => (
        <span key={url}>{url === "" ? name : <a href={url} className="text-muted">{name}</a>}</span>
      ))}
      {note && <span>{note}</span>}
    </p>
  );
}

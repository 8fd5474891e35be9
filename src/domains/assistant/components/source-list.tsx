import Link from "next/link";
import { formatDate } from "#lib/format-time.ts";
import type { Citation } from "#domains/assistant/schema.ts";
import { CitationChip } from "#domains/assistant/components/citation-chip.tsx";

export function SourceList({ turnId, citations }: { turnId: string; citations: Citation[] }) {
  return (
    <ol aria-label="Sources" className="mt-3 border-t pt-1 text-14 leading-body">
      {citations.map(({ n, title, url, heading, updatedAt }) => (
        <li key={n} className="grid grid-cols-[24px_1fr] items-baseline gap-x-1 py-1.5 sm:grid-cols-[24px_1fr_auto] max-md:gap-x-2">
          <CitationChip turnId={turnId} n={n} title={title} />
          <Link href={url} prefetch={false} className="touch-area text-text no-underline hover:underline">
            {title}
            {heading && <span className="text-muted"> · {heading}</span>}
          </Link>
          <span className="text-12 text-muted max-sm:col-start-2">updated {formatDate(updatedAt)}</span>
        </li>
      ))}
    </ol>
  );
}

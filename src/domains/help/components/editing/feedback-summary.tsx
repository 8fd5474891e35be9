import Link from "next/link";
import { pageHref } from "#lib/page-href.ts";
import { DataTable } from "#ui/data-table.tsx";
import type { FeedbackSummary } from "#domains/help/edit-schema.ts";

/** What readers think of each entry, the worst first. */
export function FeedbackSummaryTable({ path, entries }: { path: string; entries: FeedbackSummary["entries"] }) {
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="by-entry" className="mt-8">
      <h2 id="by-entry" className="mb-2 text-16">
        By entry
      </h2>
      <DataTable
        caption="Ratings by entry, the lowest average first"
        rows={entries}
        keyOf={({ entryId }) => entryId}
        columns={[
          {
            label: "Entry",
            cell: ({ entryId, title }) => (
              <Link href={pageHref(path, { entry: entryId })} className="inline-flex min-h-6 items-center max-md:min-h-11">
                {title}
              </Link>
            ),
          },
          { label: "Average", align: "right", cell: ({ average }) => average.toFixed(1) },
          { label: "Ratings", align: "right", cell: ({ ratings }) => ratings },
          { label: "To handle", align: "right", cell: ({ unhandled }) => unhandled },
        ]}
      />
    </section>
  );
}

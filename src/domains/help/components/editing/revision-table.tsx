import { formatDateTime } from "#lib/format-time.ts";
import { Button } from "#ui/button.tsx";
import { badgeClass } from "#ui/badge.ts";
import { DataTable } from "#ui/data-table.tsx";
import type { HelpRevisionSummary } from "#domains/help/edit-schema.ts";
import { RestoreRevisionButton } from "#domains/help/components/editing/restore-revision-button.tsx";

interface RevisionTableProps {
  path: string;
  entryId: string;
  revisions: HelpRevisionSummary[];
  head: number;
  published: number | null;
  /** The two that are compared. */
  from: number;
  to: number;
  canRestore: boolean;
}

/** Every saved text, with the choice of two to compare: a plain form, so that a comparison has an address. */
export function RevisionTable({ path, entryId, revisions, head, published, from, to, canRestore }: RevisionTableProps) {
  const choice = (name: "from" | "to", revision: number, chosen: number, words: string) => (
    <label className="inline-flex min-h-6 min-w-6 cursor-pointer items-center justify-center max-md:min-h-11 max-md:min-w-11">
      <input type="radio" name={name} value={revision} defaultChecked={revision === chosen} aria-label={`${words} revision ${revision}`} className="size-4" />
    </label>
  );
  return (
    <form action={path} key={`${from} ${to}`}>
      <DataTable
        caption="Saved texts, newest first"
        rows={revisions}
        keyOf={({ revision }) => String(revision)}
        columns={[
          {
            label: "Revision",
            cell: ({ revision, title }) => (
              <span className="flex flex-wrap items-center gap-2">
                {revision}
                {revision === published && <span className={badgeClass}>Published</span>}
                {revision === head && <span className={badgeClass}>Newest</span>}
                <span className="font-regular text-muted">{title}</span>
              </span>
            ),
          },
          { label: "Saved", cell: ({ savedAt }) => formatDateTime(savedAt) },
          { label: "By", cell: ({ author }) => author },
          { label: "Note", cell: ({ note }) => note },
          { label: "From", cell: ({ revision }) => choice("from", revision, from, "Compare from") },
          { label: "To", cell: ({ revision }) => choice("to", revision, to, "Compare to") },
          ...(canRestore
            ? [{ label: "", cell: ({ revision }: HelpRevisionSummary) => (revision === head ? null : <RestoreRevisionButton entryId={entryId} revision={revision} base={head} />) }]
            : []),
        ]}
      />
      <div className="mt-3">
        <Button type="submit">Compare</Button>
      </div>
    </form>
  );
}

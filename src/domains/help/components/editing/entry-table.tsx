import Link from "next/link";
import { formatDateTime } from "#lib/format-time.ts";
import { DataTable } from "#ui/data-table.tsx";
import { StateDot } from "#ui/state-dot.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import type { HelpListItem } from "#domains/help/edit-schema.ts";
import { standing } from "#domains/help/components/editing/status-words.ts";

interface EntryTableProps {
  /** Under which the editors of the entries are. */
  path: string;
  entries: HelpListItem[];
  filtered: boolean;
}

export function EntryTable({ path, entries, filtered }: EntryTableProps) {
  if (entries.length === 0) {
    return (
      <StateMessage kind="empty" title={filtered ? "No entry fits these filters" : "There are no help entries"}>
        {filtered ? "Take one away, or look for other words." : "npm run seed writes the checked-in ones."}
      </StateMessage>
    );
  }
  return (
    <DataTable
      caption="Help entries"
      rows={entries}
      keyOf={({ id }) => id}
      columns={[
        {
          label: "Title",
          cell: ({ id, title, language }) => (
            <>
              <Link href={`${path}/${id}`} prefetch={false} lang={language} className="inline-flex min-h-6 items-center max-md:min-h-11">
                {title}
              </Link>
              <span className="block text-12 font-regular text-muted">{id}</span>
            </>
          ),
        },
        {
          label: "Status",
          cell: (entry) => (
            <span className="inline-flex items-center gap-2">
              <StateDot state={entry.status !== "published" ? "off" : entry.publishedRevision === entry.revision ? "ok" : "degraded"} />
              {standing(entry)}
            </span>
          ),
        },
        { label: "Topic", cell: ({ topic }) => topic },
        { label: "Language", cell: ({ language }) => (language === "fr" ? "French" : "English") },
        {
          label: "Saved",
          cell: ({ savedAt, author }) => (
            <>
              {formatDateTime(savedAt)}
              <span className="block text-12 text-muted">{author}</span>
            </>
          ),
        },
      ]}
    />
  );
}

import Link from "next/link";
import type { HelpSummary } from "#domains/help/schema.ts";

const shown = 5;

interface RecentEntriesProps {
  entries: HelpSummary[];
  dayOf: (time: string) => string;
}

/** The English entries that changed last, the newest first. */
export function RecentEntries({ entries, dayOf }: RecentEntriesProps) {
  const recent = entries
    .filter(({ language }) => language === "en")
    .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt) || a.title.localeCompare(b.title))
    .slice(0, shown);
  return (
    <ul className="rows mt-2">
      {recent.map(({ id, title, updatedAt }) => (
        <li key={id}>
          <Link href={`/help/${id}`} prefetch={false}>
            {title}
            <time dateTime={updatedAt} className="flex-none text-12 text-muted">
              {dayOf(updatedAt)}
            </time>
          </Link>
        </li>
      ))}
    </ul>
  );
}

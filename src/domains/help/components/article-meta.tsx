import Tag from "lucide-react/icons/tag";
import Link from "next/link";
import { formatDate } from "#lib/format-time.ts";
import { badgeClass } from "#ui/badge.ts";
import type { HelpEntry } from "#domains/help/schema.ts";
import { readingMinutes } from "#domains/help/components/article-outline.ts";

export function ArticleMeta({ tags, updatedAt, body }: Pick<HelpEntry, "tags" | "updatedAt" | "body">) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-13 text-muted">
      <ul aria-label="Tags" className="flex flex-wrap gap-2">
        {tags.map((tag) => (
          <li key={tag}>
            <Link
              href={`/help?tag=${encodeURIComponent(tag)}`}
              prefetch={false}
              className={`${badgeClass} touch-area hover:border-line-strong hover:text-text`}
            >
              <Tag className="size-3" />
              {tag}
            </Link>
          </li>
        ))}
      </ul>
      <span>Updated {formatDate(updatedAt)}</span>
      <span>{readingMinutes(body)} min read</span>
    </div>
  );
}

import Link from "next/link";
import { StateMessage } from "#ui/state-message.tsx";
import type { HelpSummary } from "#domains/help/schema.ts";
import { TopicIndex } from "#domains/help/components/topic-index.tsx";

/** The entries that carry a tag. */
export function TagFilter({ tag, entries }: { tag: string; entries: HelpSummary[] }) {
  const tagged = entries.filter((entry) => entry.tags.includes(tag));
  return (
    <>
      <p className="mb-4">
        <b>
          {tagged.length === 1 ? "1 entry" : `${tagged.length} entries`} with the tag “{tag}”
        </b>
        <Link href="/help" prefetch={false} className="touch-area ml-3">
          Show all help
        </Link>
      </p>
      {tagged.length === 0 ? (
        <div className="max-w-measure">
          <StateMessage kind="empty" title="No entry carries this tag">
            It may have been renamed. The index lists every entry.
          </StateMessage>
        </div>
      ) : (
        <TopicIndex entries={tagged} />
      )}
    </>
  );
}

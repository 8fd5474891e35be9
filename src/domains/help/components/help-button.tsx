import CircleQuestionMark from "lucide-react/icons/circle-question-mark";
import Link from "next/link";
import { useId } from "react";
import { Popover } from "#ui/popover.tsx";
import { loadManifest } from "#domains/help/components/load-manifest.ts";

/** The "?" beside a title: what it is in two sentences, and the way to the whole entry. */
export async function HelpButton({ id }: { id: string }) {
  const { entries } = await loadManifest();
  const entry = entries.find((candidate) => candidate.id === id);
  return entry && <HelpPopover id={entry.id} title={entry.title} short={entry.short} />;
}

function HelpPopover({ id, title, short }: { id: string; title: string; short: string }) {
  const popoverId = useId();
  return (
    <span className="inline-flex print:hidden">
      <button
        type="button"
        popoverTarget={popoverId}
        aria-label={`Help: ${title}`}
        className="touch-area grid size-6 place-items-center rounded text-muted hover:bg-sunken hover:text-text"
      >
        <CircleQuestionMark />
      </button>
      <Popover id={popoverId} label={title} className="p-4 text-13">
        <p className="text-14 font-strong">{title}</p>
        <p className="mt-1 text-muted">{short}</p>
        <Link href={`/help/${id}`} prefetch={false} className="mt-2 inline-flex min-h-6 items-center">
          Read more
        </Link>
      </Popover>
    </span>
  );
}

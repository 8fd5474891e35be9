import Link from "next/link";
import type { HelpSummary } from "#domains/help/schema.ts";

interface NeighbourLinksProps {
  previous?: HelpSummary | undefined;
  next?: HelpSummary | undefined;
}

/** The entries before and after in the topic. */
export function NeighbourLinks({ previous, next }: NeighbourLinksProps) {
  if (!previous && !next) return null;
  return (
    <nav aria-label="In this topic" className="flex flex-wrap justify-between gap-x-8 gap-y-2 py-4 text-13 text-muted print:hidden">
      {previous && <Neighbour word="Previous" entry={previous} />}
      {next && <Neighbour word="Next" entry={next} />}
    </nav>
  );
}

function Neighbour({ word, entry }: { word: string; entry: HelpSummary }) {
  return (
    <p className="flex min-h-6 items-center gap-1.5 max-md:min-h-11">
      {word}:
      <Link href={`/help/${entry.id}`} prefetch={false} className="touch-area">
        {entry.title}
      </Link>
    </p>
  );
}

import Link from "next/link";
import type { ReactNode } from "react";
import { formatClock } from "#lib/format-time.ts";
import { Card } from "#ui/card.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { checkReadiness } from "#platform/observability/health.ts";
import { checkTitle, stateWords, summaries } from "#app/(public)/status/check-words.ts";
import { StateLine } from "#app/(public)/status/state-line.tsx";

/** The checks in short, for the overview. */
export async function StatusCard({ help, className }: { help: ReactNode; className: string }) {
  const { state, checks, checkedAt } = await checkReadiness();
  const summary = summaries[state];
  return (
    <Frame
      help={help}
      className={className}
      note={<StateLine state={summary.state}>{summary.words}</StateLine>}
      foot={`Checked ${formatClock(checkedAt)}`}
    >
      <ul className="mt-2">
        {checks.map((check) => (
          <li key={check.name} className="flex min-h-9 items-center justify-between gap-3 border-b py-[7px]">
            <span>{checkTitle(check)}</span>
            <span className="text-13">
              <StateLine state={check.state}>{stateWords[check.state]}</StateLine>
            </span>
          </li>
        ))}
      </ul>
    </Frame>
  );
}

/** As high as the card with three checks. */
export function StatusCardSkeleton({ help, className }: { help: ReactNode; className: string }) {
  return (
    <Frame help={help} className={className} foot="Checking">
      <ul className="mt-2" aria-busy>
        {[0, 1, 2].map((row) => (
          <li key={row} className="flex min-h-9 items-center border-b py-[7px]">
            <Skeleton className="w-2/3" />
          </li>
        ))}
      </ul>
    </Frame>
  );
}

interface FrameProps {
  help: ReactNode;
  className: string;
  note?: ReactNode;
  foot: string;
  children: ReactNode;
}

function Frame({ help, className, note, foot, children }: FrameProps) {
  return (
    <Card id="system-status" title="System status" help={help} aside={note} className={className}>
      {children}
      <p className="mt-1 flex min-h-8 items-center justify-between text-12 text-muted max-md:min-h-11">
        {foot}
        <Link href="/status" className="touch-area text-13">
          All checks
        </Link>
      </p>
    </Card>
  );
}

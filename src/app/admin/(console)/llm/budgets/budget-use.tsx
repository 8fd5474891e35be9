import type { Budget } from "#domains/llm/index.ts";
import { formatUsd } from "#lib/format-usd.ts";

/** How much of a budget its running period has used, and what calls hold that run now. */
export function BudgetUse({ budget: { limitUsd, spentUsd, reservedUsd, period } }: { budget: Budget }) {
  const [limit, spent, reserved] = [Number(limitUsd), Number(spentUsd), Number(reservedUsd)];
  const share = (amount: number) => (limit === 0 ? 100 : Math.min(100, (amount / limit) * 100));
  const full = spent >= limit;
  return (
    <div className="grid gap-1.5 text-14">
      <p>
        {`${formatUsd(spentUsd)} of ${formatUsd(limitUsd)} spent ${period === "day" ? "today" : "this month"}`}
        {reserved > 0 && <span className="text-muted">{`, ${formatUsd(reservedUsd)} held for calls that run`}</span>}
        {full && <strong className="text-bad">{limit === 0 ? ": every call is refused" : ": used up"}</strong>}
      </p>
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden className="h-1.5 w-full rounded-pill bg-sunken">
        <rect x={0} y={0} width={share(spent + reserved)} height={4} className="fill-line-strong" />
        <rect x={0} y={0} width={share(spent)} height={4} className={full ? "fill-bad" : "fill-accent"} />
      </svg>
    </div>
  );
}

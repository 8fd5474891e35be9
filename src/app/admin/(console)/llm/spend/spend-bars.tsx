import { formatUsd } from "#lib/format-usd.ts";
import type { Spend } from "#domains/llm/index.ts";

const dayMs = 24 * 3_600_000;
const height = 100;

/** One bar a day, days without calls included; each tells its amount to a pointer, and the table below tells all. */
export function SpendBars({ days, from, to }: Pick<Spend, "days" | "from" | "to">) {
  const charged = new Map(days.map(({ day, chargedUsd }) => [day, chargedUsd]));
  const count = Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;
  const bars = Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.parse(from) + index * dayMs).toISOString().slice(0, 10);
    return { day, amount: charged.get(day) ?? "0" };
  });
  const dearest = bars.reduce((most, bar) => (Number(bar.amount) > Number(most.amount) ? bar : most));
  const most = Number(dearest.amount);
  const says = most === 0 ? `Nothing was charged from ${from} to ${to}.` : `Charges by day from ${from} to ${to}; the most was ${formatUsd(dearest.amount)} on ${dearest.day}.`;
  return (
    <figure className="grid gap-1">
      <figcaption className="text-13 text-muted">{says}</figcaption>
      <svg viewBox={`0 0 ${count * 10} ${height}`} preserveAspectRatio="none" role="img" aria-label={says} className="h-32 w-full border-b text-accent">
        {bars.map(({ day, amount }, index) => {
          const tall = most === 0 ? 0 : (Number(amount) / most) * height;
          return (
            <g key={day}>
              <rect x={index * 10} y={0} width={10} height={height} fill="transparent">
                <title>{`${day}: ${formatUsd(amount)}`}</title>
              </rect>
              <rect x={index * 10 + 1} y={height - tall} width={8} height={tall} fill="currentColor" pointerEvents="none" />
            </g>
          );
        })}
      </svg>
      <div aria-hidden className="flex justify-between text-12 text-muted">
        <span>{from}</span>
        <span>{to}</span>
      </div>
    </figure>
  );
}

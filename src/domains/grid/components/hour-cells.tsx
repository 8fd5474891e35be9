import type { HourState } from "#domains/grid/health/source-run-schema.ts";

const words: Readonly<Record<HourState, string>> = { good: "read without failure", partly: "some attempts failed", failed: "every attempt failed", "not-read": "not read" };

/** A cell for each hour, the oldest first. */
export function HourCells({ hours }: { hours: readonly HourState[] }) {
  return (
    <span role="img" aria-label={summary(hours)} className="hour-cells">
      {hours.map((state, hour) => (
        <i key={hour} data-state={state} />
      ))}
    </span>
  );
}

function summary(hours: readonly HourState[]): string {
  const counts = [...Map.groupBy(hours, (state) => state)].map(([state, each]) => `${each.length} ${words[state]}`);
  return `Last ${hours.length} hours: ${counts.join(", ")}`;
}

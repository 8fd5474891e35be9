type DotState = "ok" | "degraded" | "down" | "off";

/** A shape for each state; the word beside it says the same. */
export function StateDot({ state }: { state: DotState }) {
  return <i aria-hidden data-state={state} className="state-dot" />;
}

import type { ReactNode } from "react";
import { StateDot } from "#ui/state-dot.tsx";
import type { HealthState } from "#platform/observability/health-schema.ts";

export function StateLine({ state, children }: { state: HealthState; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <StateDot state={state} />
      {children}
    </span>
  );
}

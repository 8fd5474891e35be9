import type { ReactNode } from "react";
import type { RegionStatus } from "#domains/grid/status/status-schema.ts";

/** The regions' tiles as one strip with hairlines: four beside each other, two, or on phones one under another. */
export function RegionStrip({ children }: { children: ReactNode }) {
  return (
    <section aria-label="Demand now by region">
      <ul className="grid rounded border bg-surface sm:grid-cols-2 lg:grid-cols-4 *:border-line max-sm:*:not-first:border-t sm:max-lg:*:nth-[n+3]:border-t sm:max-lg:*:even:border-l lg:*:not-first:border-l">
        {children}
      </ul>
    </section>
  );
}

/** The regions of the strip, in its order. */
export const stripRegions = ["CA-ON", "CA-AB", "CA-QC", "CA-NB"] as const satisfies RegionStatus["region"][];

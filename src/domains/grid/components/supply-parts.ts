import { fuels, type Fuel } from "#domains/grid/schema.ts";
import type { SupplyPart } from "./supply-bar.tsx";

export interface Supply {
  /** What is put into the grid, MW: generation, imports and storage that gives. */
  totalMw: number;
  parts: SupplyPart[];
  /** What leaves it again, MW above zero: exports, and storage that takes. */
  outMw: { exports: number; charging: number };
}

/** Parts in the order of a stack with their shares; what is below zero isn't supply. */
export function supplyOf(parts: readonly { fuel: Fuel; powerMw: number }[]): Supply {
  const into = fuels.flatMap((fuel) => parts.filter((part) => part.fuel === fuel && part.powerMw > 0));
  const totalMw = into.reduce((sum, { powerMw }) => sum + powerMw, 0);
  const below = (wanted: (fuel: Fuel) => boolean) => parts.reduce((sum, { fuel, powerMw }) => (wanted(fuel) && powerMw < 0 ? sum - powerMw : sum), 0);
  return {
    totalMw,
    parts: into.map(({ fuel, powerMw }) => ({ fuel, powerMw, share: powerMw / totalMw })),
    outMw: { exports: below((fuel) => fuel === "exports"), charging: below((fuel) => fuel === "storage") },
  };
}

/** The share of some fuels in what is supplied, 0 to 1. */
export function shareOf({ parts }: Supply, wanted: readonly Fuel[]): number {
  return parts.reduce((sum, { fuel, share }) => (wanted.includes(fuel) ? sum + share : sum), 0);
}

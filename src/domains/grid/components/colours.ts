import type { Fuel, Region } from "#domains/grid/schema.ts";
import { regionFacts } from "#domains/grid/labels.ts";

/** Regions that have a colour of their own; more than four can't be told apart by everybody. */
export const colouredRegions: readonly Region[] = ["CA-ON", "CA-AB", "CA-QC", "CA-NB"];

/** The colour of a region's lines; those beyond the four are grey, and named. */
export function regionColour(region: Region): string {
  return `var(${regionToken(region)})`;
}

/** The same as the name of a token. */
export function regionToken(region: Region): string {
  return colouredRegions.includes(region) ? `--region-${regionFacts[region].code.toLowerCase()}` : "--line-strong";
}

export function fuelColour(fuel: Fuel): string {
  return `var(--fuel-${fuel})`;
}

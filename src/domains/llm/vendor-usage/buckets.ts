import { z } from "zod";
import { usageBuckets, type Usage } from "#domains/llm/usage.ts";

/** A number of tokens as vendors write it: absent and null are 0. */
export const Count = z.number().int().nonnegative().nullish().transform((count) => count ?? 0);

/** The same for several cumulative reports, where what isn't said this time stays what it was. */
export const Told = z.number().int().nonnegative().nullish();

/** Leaves out what is 0. Null where nothing is left: a call that used nothing at all has not told what it used. */
export function leaves(counts: Usage): Usage | null {
  const usage: Usage = {};
  for (const bucket of usageBuckets) {
    const count = counts[bucket];
    if (count !== undefined && count > 0) usage[bucket] = count;
  }
  return Object.keys(usage).length > 0 ? usage : null;
}

/** What is left of a whole when its parts are taken away: never below 0, though a vendor's sums don't add up. */
export function without(whole: number, ...parts: number[]): number {
  return Math.max(0, parts.reduce((rest, part) => rest - part, whole));
}

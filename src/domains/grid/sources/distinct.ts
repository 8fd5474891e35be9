import type { Observation, Subject } from "#domains/grid/schema.ts";
import { SourceFormatError } from "./source.ts";

/** Each interval of a line of numbers once. Throws SourceFormatError when a document states two values for one. */
export function distinct(observations: readonly Observation[]): Observation[] {
  const known = new Map<string, Observation>();
  for (const observation of observations) {
    const key = `${keyOf(observation)} ${observation.start.getTime()}`;
    const before = known.get(key);
    if (before && (before.value !== observation.value || before.end.getTime() !== observation.end.getTime())) {
      throw new SourceFormatError(`The document has two values of ${observation.metric} for ${observation.start.toISOString()}: ${before.value} and ${observation.value}`);
    }
    known.set(key, observation);
  }
  return [...known.values()];
}

function keyOf({ region, metric, fuel, item, unit }: Subject): string {
  return JSON.stringify([region, metric, fuel, item, unit]);
}

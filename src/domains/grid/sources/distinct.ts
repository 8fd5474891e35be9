import type { Observation, Subject } from "#domains/grid/schema.ts";
import { SourceFormatError } from "./source.ts";

/** Each interval of a line of numbers once. Throws SourceFormatError when a document states two values for one. */
export function distinct(observations: readonly Observation[]): Observation[] {
  const kept: Observation[] = [];
  /** By subject, then by start: the place of what is kept. */
  const places = new Map<string, Map<number, number>>();
  let before: { subject: Subject; starts: Map<number, number> } | undefined;
  for (const observation of observations) {
    // Documents state a line's numbers one after another, so its name is seldom made.
    if (!before || !isSameSubject(before.subject, observation)) {
      const key = subjectKey(observation);
      before = { subject: observation, starts: places.get(key) ?? new Map<number, number>() };
      places.set(key, before.starts);
    }
    const at = observation.start.getTime();
    const place = before.starts.get(at) ?? kept.length;
    const other = kept[place];
    if (other && (other.value !== observation.value || other.end.getTime() !== observation.end.getTime())) {
      throw new SourceFormatError(`The document has two values of ${observation.metric} for ${observation.start.toISOString()}: ${other.value} and ${observation.value}`);
    }
    kept[place] = observation;
    before.starts.set(at, place);
  }
  return kept;
}

/** Whether two are of one line of numbers. */
export function isSameSubject(a: Subject, b: Subject): boolean {
  return a.metric === b.metric && a.item === b.item && a.fuel === b.fuel && a.region === b.region && a.unit === b.unit;
}

/** Names a subject within its source. */
export function subjectKey({ metric, region, fuel, item, unit }: Subject): string {
  return JSON.stringify([metric, region, fuel ?? null, item ?? null, unit]);
}

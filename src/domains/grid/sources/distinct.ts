import type { Observation, Subject } from "#domains/grid/schema.ts";
import { SourceFormatError } from "./source.ts";

/** Lists that hold each interval once, as what a source has read does before it is recorded. */
const known = new WeakSet<readonly Observation[]>();

/** Each interval of a line of numbers once. Throws SourceFormatError when a document states two values for one. */
export function distinct(observations: readonly Observation[]): readonly Observation[] {
  if (known.has(observations)) return observations;
  const kept: Observation[] = [];
  const lineOf = lineFinder((): Stated => ({ last: -Infinity, places: [], byStart: null }));
  for (const observation of observations) {
    const line = lineOf(observation);
    const at = observation.start.getTime();
    const place = at > line.last ? undefined : placeOf(line, at, kept);
    const other = place === undefined ? undefined : kept[place];
    if (other && (other.value !== observation.value || other.end.getTime() !== observation.end.getTime())) {
      throw new SourceFormatError(`The document has two values of ${observation.metric} for ${observation.start.toISOString()}: ${other.value} and ${observation.value}`);
    }
    if (place !== undefined) {
      kept[place] = observation;
      continue;
    }
    line.last = Math.max(line.last, at);
    line.byStart?.set(at, kept.length);
    line.places.push(kept.length);
    kept.push(observation);
  }
  known.add(kept);
  return kept;
}

/** What was stated of a line so far: the places of what is kept. Most state times in order, and need no list by start. */
interface Stated {
  last: number;
  places: number[];
  byStart: Map<number, number> | null;
}

function placeOf(line: Stated, at: number, kept: readonly Observation[]): number | undefined {
  line.byStart ??= new Map(line.places.map((place) => [kept[place]?.start.getTime() ?? 0, place]));
  return line.byStart.get(at);
}

/**
 * Finds the line that an observation is of, made when it is first met. Documents state a line's numbers one after another, or
 * lines in the same turn again and again, so its name is seldom made.
 */
export function lineFinder<Line>(make: (subject: Subject, key: string) => Line): (subject: Subject) => Line {
  interface Met {
    subject: Subject;
    line: Line;
    next: Met | null;
  }
  const byKey = new Map<string, Met>();
  let before: Met | null = null;
  return (subject) => {
    if (before !== null && isSameSubject(before.subject, subject)) return before.line;
    const guess: Met | null = before?.next ?? null;
    if (guess !== null && isSameSubject(guess.subject, subject)) {
      before = guess;
      return guess.line;
    }
    const key = subjectKey(subject);
    const met: Met = byKey.get(key) ?? { subject, line: make(subject, key), next: null };
    byKey.set(key, met);
    if (before !== null) before.next = met;
    before = met;
    return met.line;
  };
}

/** Whether two are of one line of numbers. */
function isSameSubject(a: Subject, b: Subject): boolean {
  return a.metric === b.metric && a.item === b.item && a.fuel === b.fuel && a.region === b.region && a.unit === b.unit;
}

/** Names a subject within its source. */
export function subjectKey({ metric, region, fuel, item, unit }: Subject): string {
  return JSON.stringify([metric, region, fuel ?? null, item ?? null, unit]);
}

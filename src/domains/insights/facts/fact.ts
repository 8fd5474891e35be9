import type { Zone } from "#domains/grid/index.ts";
import type { Check, Fact } from "../schema.ts";
import type { Point } from "./points.ts";
import { measureWords, spanWords } from "./words.ts";

/** Points of one subject over a range, with what is said of all of them. */
export interface Window {
  /** As it stands in a sentence: "Ontario demand". */
  name: string;
  unit: string;
  points: Point[];
  /** The range asked for, in milliseconds. */
  from: number;
  to: number;
  /** Until when values are expected: the range's end, or what sources can have told by now. */
  expectedTo: number;
  zone: Zone;
  /** Where its values are to be looked up. */
  check: Check[];
}

interface Draft {
  id: string;
  title: string;
  value: number;
  unit: string;
  from: number;
  to: number;
  sentence: string;
  /** The windows whose points it is made of. */
  of: readonly Window[];
}

/** Drops what rounding of sums leaves behind the sixth decimal. */
export function rounded(value: number): number {
  const text = Number(value.toFixed(6));
  return Object.is(text, -0) ? 0 : text;
}

/** A fact, with sources, sample mark and places to look it up taken from its windows. */
export function factOf({ id, title, value, unit, from, to, sentence, of }: Draft): Fact {
  const points = of.flatMap((window) => window.points);
  return {
    id, title, value: rounded(value), unit, text: measureWords(value, unit), sentence,
    interval: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    when: of[0] ? spanWords(of[0].zone, from, to) : "",
    sources: [...new Set(points.filter((point) => point.value !== null).map(({ source }) => source))].sort(),
    sample: points.some((point) => point.sample && point.value !== null),
    check: [...new Map(of.flatMap(({ check }) => check).map((each) => [each.href, each])).values()],
  };
}

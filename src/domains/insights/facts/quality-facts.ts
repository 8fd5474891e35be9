import type { Fact } from "../schema.ts";
import { factOf, type Window } from "./fact.ts";
import { hourMs, knownOf, medianOf, type Known, type Point } from "./points.ts";
import { measureWords, spanWords } from "./words.ts";

export interface Stretch {
  start: number;
  end: number;
}

/** Stretches without a value, from the range's start to when values are expected. */
export function gapsOf({ points, from, expectedTo }: Window): Stretch[] {
  const gaps: Stretch[] = [];
  let covered = from;
  for (const { start, end } of knownOf(points)) {
    if (start > covered) gaps.push({ start: covered, end: Math.min(start, expectedTo) });
    covered = Math.max(covered, end);
  }
  if (covered < expectedTo) gaps.push({ start: covered, end: expectedTo });
  return gaps.filter(({ start, end }) => end > start);
}

/** How long a value must stay the same, and in how many intervals at least. */
export const flatHours = 3;
export const flatIntervals = 6;

/** Stretches in which the value doesn't move at all; zero aside, since much stands still at zero. */
export function flatLinesOf(points: readonly Point[]): Stretch[] {
  const stretches: (Stretch & { value: number; count: number })[] = [];
  for (const { start, end, value } of knownOf(points)) {
    const last = stretches.at(-1);
    if (last && last.value === value && last.end === start) Object.assign(last, { end, count: last.count + 1 });
    else stretches.push({ start, end, value, count: 1 });
  }
  return stretches.filter(({ start, end, value, count }) => value !== 0 && count >= flatIntervals && end - start >= flatHours * hourMs).map(({ start, end }) => ({ start, end }));
}

/** Neighbours on each side that a value is compared with, how many of them may be as extreme on either end, and how many usual steps it may lie beyond. */
export const neighbours = 12;
const extremesAside = 2;
export const stepsAtMost = 8;
/** A step is at least this share of what values usually are: what hardly moves makes no outlier of the first movement. */
const leastStep = 0.005;

/**
 * Values that lie outside of the range of their neighbours, by many times the usual step between those. A slope, a step to another
 * level or the turn of a day isn't one: on one side at least there are neighbours alike.
 */
export function outliersOf(points: readonly Point[]): Known[] {
  const known = knownOf(points);
  const overall = medianOf(known.map(({ value }) => Math.abs(value))) ?? 0;
  return known.filter(({ value }, i) => {
    const before = known.slice(Math.max(0, i - neighbours), i).map((each) => each.value);
    const after = known.slice(i + 1, i + neighbours + 1).map((each) => each.value);
    const sorted = [...before, ...after].sort((a, b) => a - b);
    if (sorted.length < neighbours) return false;
    const [low, high] = [sorted[extremesAside] ?? value, sorted[sorted.length - 1 - extremesAside] ?? value];
    const beyond = Math.max(value - high, low - value);
    return beyond > 0 && beyond > stepsAtMost * Math.max(usualStep([before, after]), leastStep * overall);
  });
}

/** The upper quartile of steps: a night of standing still, or another outlier near by, doesn't change it. */
function usualStep(runs: readonly number[][]): number {
  const steps = runs.flatMap((run) => run.slice(1).map((value, i) => Math.abs(value - (run[i] ?? value)))).sort((a, b) => a - b);
  return steps[Math.floor(0.75 * steps.length)] ?? 0;
}

/** The facts of gaps, flat lines and outliers: how many, and the longest or the farthest. */
export function stretchFacts(id: "gaps" | "flat-lines", window: Window, stretches: readonly Stretch[]): Fact[] {
  const { name, from, expectedTo, zone } = window;
  const longest = stretches.toSorted((a, b) => b.end - b.start - (a.end - a.start))[0];
  const isGaps = id === "gaps";
  const noun = isGaps ? (stretches.length === 1 ? "gap" : "gaps") : stretches.length === 1 ? "stretch without movement" : "stretches without movement";
  const count = factOf({
    id, title: isGaps ? "Gaps" : "Flat lines", value: stretches.length, unit: "", from, to: expectedTo,
    sentence: stretches.length === 0 ? `${name} has no ${isGaps ? "gap" : "stretch without movement"}.` : `${name} has ${stretches.length} ${noun}.`, of: [window],
  });
  if (!longest) return [withWholeText(count)];
  return [withWholeText(count), factOf({
    id: `${id}-longest`, title: isGaps ? "Longest gap" : "Longest flat line", value: (longest.end - longest.start) / hourMs, unit: "hours", from: longest.start, to: longest.end,
    sentence: `The longest lasts ${measureWords((longest.end - longest.start) / hourMs, "hours")}: ${spanWords(zone, longest.start, longest.end)}.`, of: [window],
  })];
}

export function outlierFacts(window: Window, outliers: readonly Known[]): Fact[] {
  const { name, from, expectedTo, unit, zone } = window;
  const median = medianOf(knownOf(window.points).map(({ value }) => value)) ?? 0;
  const farthest = outliers.toSorted((a, b) => Math.abs(b.value - median) - Math.abs(a.value - median))[0];
  const count = factOf({
    id: "outliers", title: "Outliers", value: outliers.length, unit: "", from, to: expectedTo,
    sentence: outliers.length === 0 ? `${name} has no outlier.` : `${name} has ${outliers.length} ${outliers.length === 1 ? "outlier" : "outliers"}.`, of: [window],
  });
  if (!farthest) return [withWholeText(count)];
  return [withWholeText(count), factOf({
    id: "outliers-farthest", title: "Farthest outlier", value: farthest.value, unit, from: farthest.start, to: farthest.end,
    sentence: `The farthest is ${measureWords(farthest.value, unit)}, ${spanWords(zone, farthest.start, farthest.end)}.`, of: [window],
  })];
}

/** A count is read as a whole number. */
export function withWholeText(fact: Fact): Fact {
  return { ...fact, text: String(fact.value) };
}

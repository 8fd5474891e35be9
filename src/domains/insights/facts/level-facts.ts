import { formatShare } from "#lib/format-number.ts";
import type { Fact } from "../schema.ts";
import { factOf, type Window } from "./fact.ts";
import { hourMs, knownOf, meanOf, type Known } from "./points.ts";
import { measureWords, spanWords } from "./words.ts";

/** Change from the first value to the last, extremes and when, mean, and what share of the time is missing. */
export function levelFacts(window: Window): Fact[] {
  const known = knownOf(window.points);
  const [first, last] = [known[0], known.at(-1)];
  const mean = meanOf(known);
  if (!first || !last || mean === null) return [];
  const { name, unit, zone } = window;
  const of = [window];
  const say = (value: number) => measureWords(value, unit);
  const when = ({ start, end }: Known) => spanWords(zone, start, end);
  let [high, low] = [first, first];
  for (const point of known) {
    if (point.value > high.value) high = point;
    if (point.value < low.value) low = point;
  }
  const facts = [
    factOf({ id: "highest", title: "Highest", value: high.value, unit, from: high.start, to: high.end, sentence: `The highest value is ${say(high.value)}, ${when(high)}.`, of }),
    factOf({ id: "lowest", title: "Lowest", value: low.value, unit, from: low.start, to: low.end, sentence: `The lowest value is ${say(low.value)}, ${when(low)}.`, of }),
    factOf({ id: "mean", title: "Mean", value: mean, unit, from: first.start, to: last.end, sentence: `The mean of ${name} is ${say(mean)}.`, of }),
  ];
  if (last !== first) facts.unshift(changeFact(window, first, last, say, when));
  const missing = missingFact(window, known);
  return missing ? [...facts, missing] : facts;
}

function changeFact(window: Window, first: Known, last: Known, say: (value: number) => string, when: (point: Known) => string): Fact {
  const change = last.value - first.value;
  const share = first.value > 0 && window.unit !== "°C" && window.unit !== "°" ? ` (${formatShare(Math.abs(change) / first.value)})` : "";
  const direction = change > 0 ? "rose by" : "fell by";
  const text = say(Math.abs(change));
  const middle = change === 0 ? `${window.name} ended where it began, at ${say(first.value)}` : `${window.name} ${direction} ${text}${share}, from ${say(first.value)} to ${say(last.value)}`;
  return factOf({
    id: "change", title: "Change, first to last", value: change, unit: window.unit, from: first.start, to: last.end,
    sentence: `${middle}, between ${when(first)} and ${when(last)}.`, of: [window],
  });
}

/** The share of the range, as far as it can be known, that no value covers; null where nothing was to be expected. */
export function missingFact(window: Window, known: readonly Known[]): Fact | null {
  const { from, expectedTo, name } = window;
  if (expectedTo <= from) return null;
  const covered = known.reduce((sum, { start, end }) => sum + Math.max(0, Math.min(end, expectedTo) - Math.max(start, from)), 0);
  const lacking = Math.max(0, expectedTo - from - covered);
  const share = (100 * lacking) / (expectedTo - from);
  const sentence = lacking === 0
    ? `No value of ${name} is missing.`
    : `${measureWords(share, "%")} of the time has no value of ${name}: ${measureWords(Math.round((lacking / hourMs) * 10) / 10, "hours")}.`;
  return factOf({ id: "missing", title: "Missing", value: share, unit: "%", from, to: expectedTo, sentence, of: [window] });
}

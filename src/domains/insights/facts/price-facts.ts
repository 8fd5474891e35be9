import { formatShare } from "#lib/format-number.ts";
import type { Fact } from "../schema.ts";
import { factOf, type Window } from "./fact.ts";
import { hourMs, knownOf, meanOf, medianOf, pairsOf, type Known } from "./points.ts";
import { measureWords } from "./words.ts";

const hoursOf = (window: Window) => knownOf(window.points).filter(({ start, end }) => end - start === hourMs);

/** How many hours of a window of hours have a price, and how many of those one below zero. */
export function priceHours(window: Window): { known: number; negative: number } {
  const hours = hoursOf(window);
  return { known: hours.length, negative: hours.filter(({ value }) => value < 0).length };
}

/** Median, hours below zero, and how widely prices of hours scatter; nothing without hours. */
export function priceFacts(window: Window): Fact[] {
  const hours = hoursOf(window);
  const [first, last] = [hours[0], hours.at(-1)];
  const [median, mean] = [medianOf(hours.map(({ value }) => value)), meanOf(hours)];
  if (!first || !last || median === null || mean === null) return [];
  const { name, unit } = window;
  const { negative } = priceHours(window);
  const common = { from: first.start, to: last.end, of: [window] };
  const deviation = Math.sqrt(hours.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / hours.length);
  const of = measureWords(hours.length, "hours");
  return [
    factOf({ ...common, id: "median", title: "Median of hours", value: median, unit, sentence: `Half of the hours had a price of ${measureWords(median, unit)} or less.` }),
    factOf({
      ...common, id: "negative-hours", title: "Hours below zero", value: negative, unit: "hours",
      sentence: negative === 0 ? `None of ${of} had a price below zero.` : `${measureWords(negative, "hours")} of ${of} had a price below zero.`,
    }),
    ...(hours.length < 2 ? [] : [factOf({
      ...common, id: "volatility", title: "Standard deviation of hours", value: deviation, unit,
      sentence: `${name} scattered around its mean with a standard deviation of ${measureWords(deviation, unit)} over ${of}.`,
    })]),
  ];
}

/** By how much a price lay above another one in the hours that both have, and in what share of them; null without any. */
export function spreadFact(id: string, window: Window, other: Window): Fact | null {
  const pairs = pairsOf(hoursOf(window), hoursOf(other));
  const mean = meanOf(pairs.map(({ point, other: { value } }): Known => ({ ...point, value: point.value - value })));
  const [first, last] = [pairs[0]?.point, pairs.at(-1)?.point];
  if (mean === null || !first || !last) return null;
  const above = pairs.filter(({ point, other: { value } }) => point.value > value).length;
  const size = measureWords(Math.abs(mean), window.unit);
  const how = mean === 0 ? `on average equal to ${other.name}` : `on average ${size} ${mean > 0 ? "above" : "below"} ${other.name}`;
  return factOf({
    id, title: `Spread to ${other.name}`, value: mean, unit: window.unit, from: first.start, to: last.end,
    sentence: `${window.name} was ${how}, and above it in ${formatShare(above / pairs.length)} of ${measureWords(pairs.length, "hours")} that both have.`, of: [window, other],
  });
}

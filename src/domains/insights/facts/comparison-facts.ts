import { formatShare } from "#lib/format-number.ts";
import type { Fact } from "../schema.ts";
import { clockAt, measureWords } from "./words.ts";
import { factOf, type Window } from "./fact.ts";
import { hourMs, knownOf, meanOf, pairsOf, pearson } from "./points.ts";

/** How many hours both must have for a correlation to be told. */
export const hoursAtLeast = 24;

/** The mean beside that of the same time before, over the intervals that both have; null where they have none in common. */
export function beforeFact(window: Window, before: Window, words: string): Fact | null {
  const pairs = pairsOf(knownOf(window.points), knownOf(before.points), window.from - before.from);
  const mean = meanOf(pairs.map(({ point }) => point));
  const earlier = meanOf(pairs.map(({ other }) => other));
  const [first, last] = [pairs[0]?.point, pairs.at(-1)?.point];
  if (mean === null || earlier === null || !first || !last) return null;
  const { name, unit } = window;
  const say = (value: number) => measureWords(value, unit);
  const change = mean - earlier;
  const share = earlier > 0 && unit !== "°C" && unit !== "°" ? ` (${formatShare(Math.abs(change) / earlier)})` : "";
  const over = `over the ${measureWords(pairs.length, "intervals")} that both have`;
  const sentence = change === 0
    ? `The mean of ${name} is that of the same time ${words}, ${say(mean)}, ${over}.`
    : `The mean of ${name} is ${say(Math.abs(change))}${share} ${change > 0 ? "above" : "below"} the same time ${words}: ${say(mean)} against ${say(earlier)}, ${over}.`;
  return factOf({ id: "before", title: `Against the same time ${words}`, value: change, unit, from: first.start, to: last.end, sentence, of: [window, before] });
}

/** How values go along with temperature: Pearson's correlation over the hours that both have; null for too few, or without variation. */
export function temperatureFact(window: Window, temperature: Window, place: string): Fact | null {
  const known = (of: Window) => knownOf(of.points).filter(({ forecast, start, end }) => !forecast && end - start === hourMs);
  const pairs = pairsOf(known(window), known(temperature));
  const correlation = pairs.length < hoursAtLeast ? null : pearson(pairs.map(({ point, other }) => ({ a: point.value, b: other.value })));
  const [first, last] = [pairs[0]?.point, pairs.at(-1)?.point];
  if (correlation === null || !first || !last) return null;
  const strength = Math.abs(correlation) >= 0.7 ? "closely" : Math.abs(correlation) >= 0.4 ? "partly" : "hardly";
  const direction = correlation >= 0 ? "rising with it" : "falling as it rises";
  return factOf({
    id: "temperature", title: `Correlation with temperature, ${place}`, value: correlation, unit: "", from: first.start, to: last.end,
    sentence: `${window.name} went ${strength} along with the temperature in ${place}, ${direction}: the correlation is ${measureWords(correlation, "")} over ${measureWords(pairs.length, "hours")}.`,
    of: [window, temperature],
  });
}

const peakFrom = 7;
const peakTo = 23;

/** Means of weekdays from 7:00 to 23:00 and of the rest, by clocks of the window's zone; none unless both have values, or of intervals longer than an hour. */
export function peakFacts(window: Window): Fact[] {
  const known = knownOf(window.points).filter(({ start, end }) => end - start <= hourMs);
  const isPeak = (start: number) => {
    const wall = new Date(start + clockAt(window.zone, start).minutes * 60_000);
    const [day, hour] = [wall.getUTCDay(), wall.getUTCHours()];
    return day >= 1 && day <= 5 && hour >= peakFrom && hour < peakTo;
  };
  const parts = Map.groupBy(known, ({ start }) => isPeak(start));
  const [peak, rest] = [meanOf(parts.get(true) ?? []), meanOf(parts.get(false) ?? [])];
  const [first, last] = [known[0], known.at(-1)];
  if (peak === null || rest === null || !first || !last) return [];
  const { unit } = window;
  const fact = (id: string, title: string, value: number, sentence: string) => factOf({ id, title, value, unit, from: first.start, to: last.end, sentence, of: [window] });
  return [
    fact("on-peak", "Mean on peak", peak, `On weekdays from 7:00 to 23:00 (holidays included) the mean is ${measureWords(peak, unit)}.`),
    fact("off-peak", "Mean off peak", rest, `At other times the mean is ${measureWords(rest, unit)}.`),
  ];
}

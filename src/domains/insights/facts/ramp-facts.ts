import type { Fact } from "../schema.ts";
import { factOf, type Window } from "./fact.ts";
import { hourMs, knownOf, type Known } from "./points.ts";
import { measureWords, spanWords } from "./words.ts";

interface Step {
  from: Known;
  to: Known;
  size: number;
}

/** The largest rise and the largest fall from an interval to the one that begins an hour later; none of intervals longer than an hour. */
export function rampFacts(window: Window): Fact[] {
  const known = knownOf(window.points).filter(({ start, end }) => end - start <= hourMs);
  const later = new Map(known.map((point) => [point.start, point]));
  let rise: Step | null = null;
  let fall: Step | null = null;
  for (const from of known) {
    const to = later.get(from.start + hourMs);
    if (!to || to.end - to.start !== from.end - from.start) continue;
    const size = to.value - from.value;
    if (size > 0 && (!rise || size > rise.size)) rise = { from, to, size };
    if (size < 0 && (!fall || size < fall.size)) fall = { from, to, size };
  }
  return [...(rise ? [rampFact(window, "rise", rise)] : []), ...(fall ? [rampFact(window, "fall", fall)] : [])];
}

function rampFact(window: Window, id: "rise" | "fall", { from, to, size }: Step): Fact {
  const say = (value: number) => measureWords(value, window.unit);
  return factOf({
    id, title: id === "rise" ? "Largest rise in an hour" : "Largest fall in an hour", value: size, unit: window.unit, from: from.start, to: to.end,
    sentence: `The largest ${id} within an hour is ${say(Math.abs(size))}, from ${say(from.value)} (${spanWords(window.zone, from.start, from.end)}) to ${say(to.value)} (${spanWords(window.zone, to.start, to.end)}).`,
    of: [window],
  });
}

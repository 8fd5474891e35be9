import { expect, test } from "vitest";
import { pointsFrom, windowOf } from "../../../../tests/support/fact-window.ts";
import { rampFacts } from "./ramp-facts.ts";

const short = (facts: ReturnType<typeof rampFacts>) => facts.map(({ id, value, interval }) => [id, value, interval.from.slice(11, 16), interval.to.slice(11, 16)]);

test("the largest rise and fall from one hour to the next", () => {
  expect(short(rampFacts(windowOf(pointsFrom("2026-03-01T05:00:00Z", 60, [10, 30, 25, 5, 20]))))).toEqual([["rise", 20, "05:00", "07:00"], ["fall", -20, "07:00", "09:00"]]);
});

test("of five minutes it is those that lie an hour apart, not neighbours", () => {
  const values = Array.from({ length: 14 }, (_, i) => (i === 3 ? 1_000 : i * 2));
  expect(short(rampFacts(windowOf(pointsFrom("2026-03-01T05:00:00Z", 5, values))))).toEqual([["rise", 24, "05:00", "06:05"]]);
});

test("nothing is said across a hole, nor of days", () => {
  expect(rampFacts(windowOf(pointsFrom("2026-03-01T05:00:00Z", 60, [10, null, 90])))).toEqual([]);
  expect(rampFacts(windowOf(pointsFrom("2026-03-01T05:00:00Z", 1_440, [10, 20, 90])))).toEqual([]);
});

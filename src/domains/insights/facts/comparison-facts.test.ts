import { describe, expect, test } from "vitest";
import { pointsFrom, windowOf } from "../../../../tests/support/fact-window.ts";
import { beforeFact, peakFacts, temperatureFact } from "./comparison-facts.ts";

const plain = (text = "") => text.replaceAll(/[\u00a0\u2009\u202f]/g, " ");
const at = "2026-03-02T05:00:00Z";

describe("against the same time before", () => {
  test("means of the intervals that both have", () => {
    const fact = beforeFact(windowOf(pointsFrom(at, 60, [110, 120, 130])), windowOf(pointsFrom("2026-02-23T05:00:00Z", 60, [100, null, 110, 999])), "a week before");
    expect(fact).toMatchObject({ id: "before", value: 15, interval: { from: "2026-03-02T05:00:00.000Z", to: "2026-03-02T08:00:00.000Z" } });
    expect(plain(fact?.sentence)).toBe("The mean of Ontario demand is 15 MW (14.3 %) above the same time a week before: 120 MW against 105 MW, over the 2 intervals that both have.");
  });

  test("nothing where they have none in common", () => {
    expect(beforeFact(windowOf(pointsFrom(at, 60, [1])), windowOf([]), "a week before")).toBeNull();
    expect(beforeFact(windowOf(pointsFrom(at, 60, [1])), windowOf(pointsFrom("2026-02-23T05:00:00Z", 5, [1])), "a week before")).toBeNull();
  });
});

describe("along with temperature", () => {
  // Against 1 to 24: five swapped for twenty-four and the reverse; Pearson's r by hand is 1 − 6·2·19² / (24·(24²−1)).
  const hours = Array.from({ length: 24 }, (_, i) => i + 1);
  const swapped = hours.with(4, 24).with(23, 5);

  test("Pearson's correlation over the hours that both have", () => {
    const fact = temperatureFact(windowOf(pointsFrom(at, 60, [...swapped, 7])), windowOf(pointsFrom(at, 60, [...hours, null]), { unit: "°C" }), "Toronto");
    expect(fact?.value).toBeCloseTo(1 - (6 * 2 * 19 ** 2) / (24 * (24 ** 2 - 1)), 6);
    expect(plain(fact?.sentence)).toContain("partly along with the temperature in Toronto, rising with it: the correlation is 0.69 over 24 hours");
    expect(temperatureFact(windowOf(pointsFrom(at, 60, hours.map((hour) => -2 * hour))), windowOf(pointsFrom(at, 60, hours)), "Toronto")?.value).toBe(-1);
  });

  test("isn't told of too few hours, of forecasts, or of what doesn't move", () => {
    const temperature = windowOf(pointsFrom(at, 60, hours));
    expect(temperatureFact(windowOf(pointsFrom(at, 60, hours.slice(1))), temperature, "Toronto")).toBeNull();
    expect(temperatureFact(windowOf(pointsFrom(at, 60, hours, { forecast: true })), temperature, "Toronto")).toBeNull();
    expect(temperatureFact(windowOf(pointsFrom(at, 60, hours.map(() => 0.1))), temperature, "Toronto")).toBeNull();
  });
});

test("on peak are weekdays from 7:00 to 23:00 by the zone's clocks", () => {
  // Sunday 1 March 2026 and Monday 2 March, from midnight EST on.
  const values = Array.from({ length: 48 }, (_, i) => (i < 24 ? 10 : i - 24 >= 7 && i - 24 < 23 ? 100 : 20));
  const [peak, rest] = peakFacts(windowOf(pointsFrom("2026-03-01T05:00:00Z", 60, values)));
  expect([peak?.value, rest?.value]).toEqual([100, (24 * 10 + 8 * 20) / 32]);
  expect(peakFacts(windowOf(pointsFrom("2026-03-01T05:00:00Z", 60, values.slice(0, 24))))).toEqual([]);
});

import { describe, expect, test } from "vitest";
import { pointsFrom, windowOf } from "../../../../tests/support/fact-window.ts";
import { levelFacts } from "./level-facts.ts";

const short = (facts: ReturnType<typeof levelFacts>) => facts.map(({ id, value, interval }) => [id, value, interval.from.slice(5, 16), interval.to.slice(5, 16)]);
const plain = (text = "") => text.replaceAll(/[\u00a0\u2009\u202f]/g, " ");

describe("facts on the level of values", () => {
  test("change, extremes, mean and what is missing, of five hours with a hole", () => {
    const facts = levelFacts(windowOf(pointsFrom("2026-03-01T05:00:00Z", 60, [15_000, 14_000, null, 16_500, 15_300])));
    expect(short(facts)).toEqual([
      ["change", 300, "03-01T05:00", "03-01T10:00"],
      ["highest", 16_500, "03-01T08:00", "03-01T09:00"],
      ["lowest", 14_000, "03-01T06:00", "03-01T07:00"],
      ["mean", 15_200, "03-01T05:00", "03-01T10:00"],
      ["missing", 20, "03-01T05:00", "03-01T10:00"],
    ]);
    expect(facts.map(({ sentence }) => plain(sentence))).toEqual([
      "Ontario demand rose by 300 MW (2.0 %), from 15 000 MW to 15 300 MW, between 1 Mar 2026, 00:00–01:00 EST and 1 Mar 2026, 04:00–05:00 EST.",
      "The highest value is 16 500 MW, 1 Mar 2026, 03:00–04:00 EST.",
      "The lowest value is 14 000 MW, 1 Mar 2026, 01:00–02:00 EST.",
      "The mean of Ontario demand is 15 200 MW.",
      "20.0 % of the time has no value of Ontario demand: 1 hour.",
    ]);
    expect(facts.every(({ sources, sample }) => sources.join() === "ieso.demand" && !sample)).toBe(true);
  });

  test("the mean counts each value for as long as it lasts", () => {
    const points = [...pointsFrom("2026-03-01T05:00:00Z", 60, [10]), ...pointsFrom("2026-03-01T06:00:00Z", 15, [50])];
    expect(levelFacts(windowOf(points)).find(({ id }) => id === "mean")?.value).toBe(18);
  });

  test("of equal extremes the first is told, and what falls, stands still, or is cold is said so", () => {
    const [change, highest] = levelFacts(windowOf(pointsFrom("2026-03-01T05:00:00Z", 60, [7, 3, 7, 5])));
    expect(plain(change?.sentence)).toContain("fell by 2 MW (28.6 %)");
    expect(highest?.interval.from).toBe("2026-03-01T05:00:00.000Z");
    expect(plain(levelFacts(windowOf(pointsFrom("2026-03-01T05:00:00Z", 60, [7, 7])))[0]?.sentence)).toContain("ended where it began, at 7 MW");
    expect(plain(levelFacts(windowOf(pointsFrom("2026-03-01T05:00:00Z", 60, [10, -4.25]), { unit: "°C" }))[0]?.sentence)).toContain("fell by 14.3 °C, from 10.0 °C to −4.3 °C");
  });

  test("what can't have been told yet isn't missing", () => {
    const points = pointsFrom("2026-03-01T05:00:00Z", 60, [1, 2]);
    const window = windowOf(points, { to: Date.parse("2026-03-02T05:00:00Z") });
    expect(levelFacts(window).find(({ id }) => id === "missing")?.value).toBe(0);
    expect(levelFacts({ ...window, expectedTo: Date.parse("2026-03-01T13:00:00Z") }).find(({ id }) => id === "missing")?.value).toBe(75);
  });

  test("one value is no change, and none is nothing", () => {
    expect(levelFacts(windowOf(pointsFrom("2026-03-01T05:00:00Z", 60, [5]))).map(({ id }) => id)).toEqual(["highest", "lowest", "mean", "missing"]);
    expect(levelFacts(windowOf(pointsFrom("2026-03-01T05:00:00Z", 60, [null])))).toEqual([]);
  });
});

import { expect, test } from "vitest";
import { pointsFrom, windowOf } from "../../../../tests/support/fact-window.ts";
import { intensityFact, shareChangeFact, shareFacts, sharesOf, totalOf, type FuelWindow } from "./mix-facts.ts";

const at = "2026-03-01T05:00:00Z";
const fuel = (name: FuelWindow["fuel"], values: (number | null)[]): FuelWindow => ({ ...windowOf(pointsFrom(at, 60, values)), fuel: name });

test("shares are of what was generated, over the intervals that every fuel has", () => {
  const windows = [fuel("nuclear", [60, 60, 60]), fuel("wind", [20, 60, null]), fuel("gas", [-5, 20, 999]), fuel("imports", [500, 500, 500]), fuel("exports", [-90, -90, -90])];
  // Hours one and two: 120 + 80 + 20 of 220; a plant that draws counts as nothing.
  expect([...sharesOf(windows)].map(([name, share]) => [name, Number(share.toFixed(4))])).toEqual([["nuclear", 54.5455], ["wind", 36.3636], ["gas", 9.0909]]);
  expect(shareFacts(windows, "now").map(({ id, value }) => [id, value])).toEqual([["share-now-nuclear", 54.545455], ["share-now-wind", 36.363636], ["share-now-gas", 9.090909]]);
  expect(totalOf(windows)?.points.map(({ value }) => value)).toEqual([75, 140, null]);
  expect(sharesOf([fuel("wind", [null])]).size).toBe(0);
});

test("a change of shares is in percentage points", () => {
  const now = [fuel("wind", [30]), fuel("gas", [70])];
  const fact = shareChangeFact("wind", now, [fuel("wind", [10]), fuel("gas", [90])], { now: 30, then: 10 });
  expect(fact).toMatchObject({ value: 20, unit: "percentage points" });
  expect(fact.sentence.replaceAll("\u00a0", " ")).toBe("The share of wind rose by 20.0 percentage points, from 10.0 % to 30.0 %.");
  expect(shareChangeFact("wind", now, now, { now: 30, then: 29.98 }).sentence.replaceAll("\u00a0", " ")).toBe("The share of wind stayed at 30.0 %.");
});

test("intensity is weighted by what was generated", () => {
  const grams = windowOf(pointsFrom(at, 60, [50, 100, null]), { unit: "gCO₂e/kWh" });
  const power = windowOf(pointsFrom(at, 60, [300, 100, 900]));
  expect(intensityFact("intensity-now", grams, power)?.value).toBe(62.5);
  expect(intensityFact("intensity-now", grams, windowOf(pointsFrom(at, 60, [0, 0, 0])))).toBeNull();
});

import { expect, test } from "vitest";
import { shareOf, supplyOf } from "./supply-parts.ts";

const supply = supplyOf([
  { fuel: "wind", powerMw: 1_000 }, { fuel: "nuclear", powerMw: 6_000 }, { fuel: "hydro", powerMw: 3_000 }, { fuel: "coal", powerMw: 0 },
  { fuel: "exports", powerMw: -900 }, { fuel: "storage", powerMw: -50 }, { fuel: "solar", powerMw: -1 },
]);

test("parts stand in the order of a stack, without what is nothing or leaves", () => {
  expect(supply.parts.map(({ fuel, share }) => [fuel, share])).toEqual([["nuclear", 0.6], ["hydro", 0.3], ["wind", 0.1]]);
  expect(supply.totalMw).toBe(10_000);
  expect(supply.outMw).toEqual({ exports: 900, charging: 50 });
});

test("shares add up", () => {
  expect(shareOf(supply, ["nuclear", "hydro"])).toBeCloseTo(0.9);
  expect(supplyOf([])).toEqual({ totalMw: 0, parts: [], outMw: { exports: 0, charging: 0 } });
});

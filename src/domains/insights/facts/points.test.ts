import { expect, test } from "vitest";
import type { Line } from "#domains/grid/index.ts";
import { medianOf, pearson, pointsOf, sumOf } from "./points.ts";
import { pointsFrom } from "../../../../tests/support/fact-window.ts";

const hour = (at: number) => `2026-03-01T${String(at).padStart(2, "0")}:00:00.000Z`;
const line = (source: string, hours: number[], value: (number | null)[]): Line => ({
  id: source, source, region: "CA-ON", metric: "demand", fuel: null, item: null, unit: "MW", sample: false,
  start: hours.map(hour), end: hours.map((at) => hour(at + 1)), value, quality: value.map(() => "measured"),
});

test("of two sources the first one's value holds, and a value takes the place of none", () => {
  const points = pointsOf([line("a", [5, 6, 7], [1, null, 3]), line("b", [6, 7, 8], [20, 30, 40])]);
  expect(points.map(({ source, value }) => [source, value])).toEqual([["a", 1], ["b", 20], ["a", 3], ["b", 40]]);
});

test("a sum lacks what one of its parts lacks", () => {
  expect(sumOf([pointsFrom(hour(5), 60, [1, 2, 3]), pointsFrom(hour(5), 60, [10, null])]).map(({ value }) => value)).toEqual([11, null, null]);
});

test("median and correlation of little are what they can be", () => {
  expect([medianOf([]), medianOf([3]), medianOf([4, 1, 3]), medianOf([4, 1])]).toEqual([null, 3, 3, 2.5]);
  expect(pearson([{ a: 1, b: 1 }, { a: 2, b: 2 }])).toBeNull();
});

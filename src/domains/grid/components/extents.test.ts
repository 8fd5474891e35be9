import { expect, test } from "vitest";
import { extentOf, peakOf } from "./extents.ts";

const hour = (index: number) => new Date(Date.UTC(2026, 10, 20, index)).toISOString();
const line = (value: (number | null)[], hours = value.map((_, index) => index)) => ({ start: hours.map(hour), end: hours.map((each) => hour(each + 1)), value });

test("extent and peak are of all lines, nulls aside", () => {
  expect(extentOf([line([3, null]), line([-2, 8])])).toEqual({ low: -2, high: 8 });
  expect(peakOf([line([3, null]), line([-2, 8])])).toEqual({ value: 8, start: hour(1), end: hour(2) });
  expect([extentOf([line([null])]), peakOf([])]).toEqual([null, null]);
});

import { expect, test } from "vitest";
import { extentOf, linePath, peakOf } from "./line-path.ts";

const hour = (index: number) => new Date(Date.UTC(2026, 10, 20, index)).toISOString();
const line = (value: (number | null)[], hours = value.map((_, index) => index)) => ({ start: hours.map(hour), end: hours.map((each) => hour(each + 1)), value });
const [from, to] = [Date.parse(hour(0)), Date.parse(hour(4))];

test("a line runs through the middles of its intervals, from the bottom of the scale to its top", () => {
  expect(linePath(line([0, 10, 5, 10]), from, to, { low: 0, high: 10 })).toBe("M125.0 1000.0L375.0 0.0L625.0 500.0L875.0 0.0");
});

test("null breaks it, and so does an interval that isn't there", () => {
  expect(linePath(line([0, null, 5, 10]), from, to, { low: 0, high: 10 })).toBe("M125.0 1000.0M625.0 500.0L875.0 0.0");
  expect(linePath(line([0, 5, 10], [0, 2, 3]), from, to, { low: 0, high: 10 })).toBe("M125.0 1000.0M625.0 500.0L875.0 0.0");
});

test("extent and peak are of all lines, nulls aside", () => {
  expect(extentOf([line([3, null]), line([-2, 8])])).toEqual({ low: -2, high: 8 });
  expect(peakOf([line([3, null]), line([-2, 8])])).toEqual({ value: 8, start: hour(1), end: hour(2) });
  expect([extentOf([line([null])]), peakOf([])]).toEqual([null, null]);
});

test("a constant runs along the middle", () => {
  expect(linePath(line([5]), from, to, { low: 5, high: 5 })).toBe("M125.0 500.0");
});

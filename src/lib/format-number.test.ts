import { expect, test } from "vitest";
import { formatChange, formatCount, formatDuration, formatNumber, formatQuantity, formatShare, formatSignificant } from "./format-number.ts";

test.each([
  [0, "0"],
  [412, "412"],
  [19_526, "19\u202f526"],
  [1_234_567, "1\u202f234\u202f567"],
])("%d is written %s", (value, text) => {
  expect(formatCount(value)).toBe(text);
});

test("a quantity agrees with its noun", () => {
  expect(formatQuantity(1, "passage")).toBe("1 passage");
  expect(formatQuantity(0, "passage")).toBe("0 passages");
  expect(formatQuantity(4, "passage")).toBe("4 passages");
});

test.each([
  [0.2, "1\u00a0ms"],
  [40, "40\u00a0ms"],
  [204, "0.2\u00a0s"],
  [12_340, "12.3\u00a0s"],
])("%d ms is written %s", (value, text) => {
  expect(formatDuration(value)).toBe(text);
});

test.each([
  [-1_234.56, 1, "\u22121\u202f234.6"],
  [-0.04, 1, "0.0"],
  [0, 2, "0.00"],
  [12_000.999, 0, "12\u202f001"],
  [1_234.5678, 4, "1\u202f234.5678"],
])("%d with %d decimals is written %s", (value, decimals, text) => {
  expect(formatNumber(value, decimals)).toBe(text);
});

test.each([
  [17.747, "17.7"], [1.8649, "1.86"], [0.04567, "0.05"], [17_747, "17\u202f700"], [999.6, "1\u202f000"], [-38.2, "\u221238.2"], [0, "0"], [9.996, "10.0"],
])("%d to three digits is written %s", (value, text) => {
  expect(formatSignificant(value)).toBe(text);
});

test("a change says its sign, unless it rounds to nothing", () => {
  expect([0.42, -0.08, 0.001, -0.001, 0].map((value) => formatChange(value, 2))).toEqual(["+0.42", "\u22120.08", "0.00", "0.00", "0.00"]);
});

test("a share of one is a percentage", () => {
  expect([formatShare(0.491), formatShare(0.73, 0), formatShare(-0.016)]).toEqual(["49.1\u00a0%", "73\u00a0%", "\u22121.6\u00a0%"]);
});

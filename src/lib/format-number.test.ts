import { expect, test } from "vitest";
import { formatCount, formatDuration, formatQuantity } from "./format-number.ts";

test.each([
  [0, "0"],
  [412, "412"],
  [19_526, "19\u2009526"],
  [1_234_567, "1\u2009234\u2009567"],
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

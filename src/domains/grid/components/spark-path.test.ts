import { expect, test } from "vitest";
import { sparkOf } from "./spark-path.ts";

const at = (minutes: number) => new Date(minutes * 60_000).toISOString();
const spark = (minutes: number[], values: (number | null)[], until = 100) => sparkOf(minutes.map(at), values, 0, until * 60_000);

test("the line uses the whole box, and ends where the newest value stands", () => {
  expect(spark([0, 50, 100], [10, 30, 20])).toEqual({ path: "M0.0 1000.0L500.0 0.0L1000.0 500.0", end: { x: 1, y: 0.5 } });
});

test("null and a missing stretch are gaps", () => {
  expect(spark([0, 10, 20, 30], [1, null, 2, 3], 30).path).toBe("M0.0 1000.0M666.7 500.0L1000.0 0.0");
  expect(spark([0, 10, 20, 90, 100], [1, 2, 1, 2, 1]).path.match(/M/g)).toHaveLength(2);
});

test("without a value there is nothing to draw, and a constant runs along the middle", () => {
  expect(spark([0, 10], [null, null])).toEqual({ path: "", end: null });
  expect(spark([0, 100], [5, 5]).path).toBe("M0.0 500.0L1000.0 500.0");
});

test("what lies outside of the span isn't drawn", () => {
  expect(spark([-20, 0, 100, 120], [9, 1, 2, 9]).path).toBe("M0.0 1000.0L1000.0 0.0");
});

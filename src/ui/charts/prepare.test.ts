import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnsOf, gapsOf, indexAt, lastValueIndex, runsOf, stretchesOf, type Columns, type Look } from "./columns.ts";
import { pointsOf } from "./decimate.ts";
import { bandsOf, lookOfCell, stackOf } from "./stack.ts";
import { topOf } from "./top.ts";

const minuteMs = 60_000;
const start = Date.parse("2026-11-20T05:00:00Z");
const iso = (at: number) => new Date(at).toISOString();

/** Intervals of five minutes that follow each other; `undefined` leaves one out. */
export function fives(values: (number | null | undefined)[], look: readonly Look[] | Look = "measured"): Columns {
  const kept = values.flatMap((value, index) => (value === undefined ? [] : [{ value, index }]));
  return columnsOf({
    start: kept.map(({ index }) => iso(start + index * 5 * minuteMs)),
    end: kept.map(({ index }) => iso(start + (index + 1) * 5 * minuteMs)),
    value: kept.map(({ value }) => value),
    look: typeof look === "string" ? look : kept.map(({ index }) => look[index] ?? "measured"),
  });
}

describe("runs", () => {
  test("a null and an interval that is left out both open a gap; nothing is drawn across", () => {
    expect(runsOf(fives([1, 2, null, 3, undefined, 4, 5]))).toEqual([
      { first: 0, last: 1, look: "measured" },
      { first: 3, last: 3, look: "measured" },
      { first: 4, last: 5, look: "measured" },
    ]);
  });

  test("a change of look begins another", () => {
    expect(runsOf(fives([1, 2, 3, 4], ["measured", "estimated", "estimated", "sample"])).map(({ look }) => look)).toEqual(["measured", "estimated", "sample"]);
  });

  test("gaps are the times between the first and the last value without one", () => {
    const at = (index: number) => start + index * 5 * minuteMs;
    expect(gapsOf(fives([null, 1, null, null, 2, undefined, 3, null]))).toEqual([{ from: at(2), to: at(4) }, { from: at(5), to: at(6) }]);
    expect(stretchesOf(fives([1, 2, 3, 4], ["measured", "estimated", "estimated", "measured"]), "estimated")).toEqual([{ from: at(1), to: at(3) }]);
  });

  test("an interval is found by any moment in it, its end excluded", () => {
    const columns = fives([1, undefined, 3]);
    expect([start - 1, start, start + 5 * minuteMs - 1, start + 5 * minuteMs, start + 10 * minuteMs, start + 15 * minuteMs].map((at) => indexAt(columns, at))).toEqual([-1, 0, 0, -1, 1, -1]);
    expect([lastValueIndex(fives([1, 2, null])), lastValueIndex(fives([1, 2], ["measured", "forecast"]), { forecasts: false }), lastValueIndex(fives([null]))]).toEqual([1, 0, -1]);
  });
});

describe("points", () => {
  const all = (columns: Columns, pixels: number, steps: boolean) => {
    const [run] = runsOf(columns);
    return run ? pointsOf(columns, run, { from: start, to: start + columns.value.length * 5 * minuteMs, pixels, steps }) : new Float64Array();
  };

  test("a step covers its interval; slopes join the middles; one interval alone is as long as it", () => {
    const [a, b, c] = [0, 5, 10].map((minutes) => start + minutes * minuteMs);
    expect([...all(fives([1, 2]), 100, true)]).toEqual([a, 1, b, 1, b, 2, c, 2]);
    expect([...all(fives([1, 2]), 100, false)]).toEqual([start + 2.5 * minuteMs, 1, start + 7.5 * minuteMs, 2]);
    expect([...all(fives([1]), 100, false)]).toEqual([a, 1, b, 1]);
  });

  test("of 100,000 values each column of pixels keeps its extremes, and far fewer are drawn", () => {
    const values = Array.from({ length: 100_000 }, (_, index) => 17_000 + Math.sin(index / 5_000) * 900 + ((index * 7_919) % 97));
    values[54_321] = 40_000;
    values[65_432] = -5_000;
    const points = all(fives(values), 1_000, true);
    const drawn = points.filter((_, index) => index % 2 === 1);
    expect(drawn.length).toBeLessThanOrEqual(4 * 1_001);
    expect([Math.max(...drawn), Math.min(...drawn)]).toEqual([40_000, -5_000]);
  });

  test("whatever the values and the width, the extremes stay, times never go back, and no value is made up", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -9_999, max: 9_999 }), { minLength: 1, maxLength: 400 }), fc.integer({ min: 1, max: 60 }), fc.boolean(), (values, pixels, steps) => {
      const points = all(fives(values), pixels, steps);
      const [times, drawn] = [points.filter((_, index) => index % 2 === 0), points.filter((_, index) => index % 2 === 1)];
      expect([Math.min(...drawn), Math.max(...drawn)]).toEqual([Math.min(...values), Math.max(...values)]);
      expect(times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0))).toBe(true);
      expect([...drawn].every((value) => values.includes(value))).toBe(true);
    }));
  });
});

describe("stacks", () => {
  test("what is above zero grows upwards in order, what is below it hangs below", () => {
    const stack = stackOf([fives([10, 10]), fives([5, -2]), fives([-1, -3])]);
    expect(stack.low.map((low) => [...low])).toEqual([[0, 0], [10, -2], [-1, -5]]);
    expect(stack.high.map((high) => [...high])).toEqual([[10, 10], [15, 0], [0, -2]]);
    expect([stack.min, stack.max]).toEqual([-5, 15]);
  });

  test("an hour without any value is a gap; one that lacks a part is marked", () => {
    const stack = stackOf([fives([10, undefined, 10, 10]), fives([5, null, null, 5])]);
    expect([...stack.start].map((at) => (at - start) / minuteMs)).toEqual([0, 10, 15]);
    expect([0, 1, 2].map((cell) => lookOfCell(stack, cell))).toEqual(["measured", "estimated", "measured"]);
    const [band] = [bandsOf(stack, 0, { from: start, to: start + 20 * minuteMs, pixels: 500 })];
    expect(band?.map((points) => points.length)).toEqual([8, 16]);
  });

  test("a part that didn't exist yet isn't missing", () => {
    const stack = stackOf([fives([10, 10]), fives([undefined, 5])]);
    expect([0, 1].map((cell) => lookOfCell(stack, cell))).toEqual(["measured", "measured"]);
  });

  test("lines of unlike intervals share the borders of both", () => {
    const hour = columnsOf({ start: [iso(start)], end: [iso(start + 10 * minuteMs)], value: [6], look: "measured" });
    const stack = stackOf([hour, fives([1, 2])]);
    expect([...stack.high[1] ?? []]).toEqual([7, 8]);
  });

  test("where cells are closer than pixels, a band shows their mean", () => {
    const stack = stackOf([fives(Array.from({ length: 1_000 }, (_, index) => (index % 2 === 0 ? 10 : 20)))]);
    const [band] = bandsOf(stack, 0, { from: start, to: start + 5_000 * minuteMs, pixels: 100 });
    expect(band?.length).toBe(100 * 8);
    expect(band?.[1]).toBe(15);
  });
});

test("the largest are shown in the list's order, and the rest is said", () => {
  expect(topOf([3, 9, 1, 7], 2, (each) => each)).toEqual({ shown: [9, 7], rest: [3, 1], words: "2 of 4 shown" });
  expect(topOf([3], 2, (each) => each).words).toBeNull();
});

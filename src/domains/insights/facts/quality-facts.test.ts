import { expect, test } from "vitest";
import { pointsFrom, windowOf } from "../../../../tests/support/fact-window.ts";
import { flatLinesOf, gapsOf, outliersOf, stretchFacts } from "./quality-facts.ts";

const at = "2026-03-01T05:00:00Z";
const clock = ({ start, end }: { start: number; end: number }) => [start, end].map((each) => new Date(each).toISOString().slice(11, 16)).join("–");

test("gaps lie before, between and after values, as far as values are expected", () => {
  const points = pointsFrom("2026-03-01T06:00:00Z", 60, [1, null, null, 4, 5]);
  const window = windowOf(points, { from: Date.parse(at), to: Date.parse("2026-03-02T05:00:00Z"), expectedTo: Date.parse("2026-03-01T12:00:00Z") });
  expect(gapsOf(window).map(clock)).toEqual(["05:00–06:00", "07:00–09:00", "11:00–12:00"]);
  expect(gapsOf(windowOf(pointsFrom(at, 60, [1, 2])))).toEqual([]);
  const [count, longest] = stretchFacts("gaps", window, gapsOf(window));
  expect([count?.value, count?.text, longest?.value, longest?.interval.from]).toEqual([3, "3", 2, "2026-03-01T07:00:00.000Z"]);
});

test("a flat line lasts three hours and six intervals; zero isn't one, and a hole ends it", () => {
  expect(flatLinesOf(pointsFrom(at, 60, [1, 5, 5, 5, 5, 5, 5, 2])).map(clock)).toEqual(["06:00–12:00"]);
  expect(flatLinesOf(pointsFrom(at, 60, [5, 5, 5, 5, 5]))).toEqual([]);
  expect(flatLinesOf(pointsFrom(at, 5, Array.from({ length: 35 }, () => 5)))).toEqual([]);
  expect(flatLinesOf(pointsFrom(at, 5, Array.from({ length: 36 }, () => 5))).map(clock)).toEqual(["05:00–08:00"]);
  expect(flatLinesOf(pointsFrom(at, 60, Array.from({ length: 9 }, () => 0)))).toEqual([]);
  expect(flatLinesOf(pointsFrom(at, 60, [5, 5, 5, null, 5, 5, 5]))).toEqual([]);
});

test("an outlier is far outside of what its neighbours are; a slope, a step, a flat stretch, and dawn aren't", () => {
  const wave = Array.from({ length: 96 }, (_, i) => 15_000 + 1_500 * Math.sin(i / 8));
  expect(outliersOf(pointsFrom(at, 60, wave))).toEqual([]);
  expect(outliersOf(pointsFrom(at, 60, wave.with(40, 150_000))).map(({ value }) => value)).toEqual([150_000]);
  expect(outliersOf(pointsFrom(at, 60, wave.with(40, 0))).map(({ value }) => value)).toEqual([0]);
  expect(outliersOf(pointsFrom(at, 60, wave.map((value, i) => (i < 48 ? value : value + 4_000))))).toEqual([]);
  expect(outliersOf(pointsFrom(at, 60, wave.map((value, i) => (i >= 60 && i < 68 ? 15_500 : value))))).toEqual([]);
  expect(outliersOf(pointsFrom(at, 60, wave.map((_, i) => Math.max(0, 900 * Math.sin((i / 12) * Math.PI)))))).toEqual([]);
  expect(outliersOf(pointsFrom(at, 60, wave.with(40, 60_000).with(41, 61_000)))).toHaveLength(2);
  expect(outliersOf(pointsFrom(at, 60, [1, 2, 900]))).toEqual([]);
});

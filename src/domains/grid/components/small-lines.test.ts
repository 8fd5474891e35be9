import { expect, test } from "vitest";
import type { Line } from "#domains/grid/series/series-schema.ts";
import { smallFigure, smallLineOf } from "./small-lines.ts";

const hour = (index: number) => new Date(Date.UTC(2026, 10, 20, index)).toISOString();
const line = (value: (number | null)[], quality: Line["quality"][number] = "measured", hours = value.map((_, index) => index)): Line => ({
  id: "s/demand", source: "s", region: "CA-NS", metric: "demand", fuel: null, item: null, unit: "MW", sample: false,
  start: hours.map(hour), end: hours.map((each) => hour(each + 1)), value, quality: value.map(() => quality),
});
const figure = (lines: Line[], shared: { low: number; high: number } | null = null) =>
  smallFigure({ name: "Demand", color: "--a", line: smallLineOf(lines), from: Date.parse(hour(0)), to: Date.parse(hour(4)), zone: { name: "UTC", offsets: [{ from: hour(0), minutes: 0 }] }, shared });

test("what is alike of all intervals is sent once, and arrives as it was", () => {
  const sent = smallLineOf([line([1_500, null, 1_712.4], "sample")]);
  expect(sent).toMatchObject({ minutes: 60, look: 3, value: [1.5, null, 1.712] });
  const [series] = figure([line([1_500, null, 1_712.4], "sample")]).series;
  expect([...(series?.columns.value ?? [])]).toEqual([1.5, NaN, 1.712]);
  expect([...(series?.columns.start ?? [])].map((at) => new Date(at).toISOString())).toEqual([hour(0), hour(1), hour(2)]);
});

test("gaps and changes of look stay", () => {
  const { runs } = figure([line([1, 2]), line([3, 4], "estimated", [2, 4])]);
  expect(runs).toEqual([[{ first: 0, last: 1, look: "measured" }, { first: 2, last: 2, look: "estimated" }, { first: 3, last: 3, look: "estimated" }]]);
});

test("a shared scale begins at zero and holds the largest of all", () => {
  expect(figure([line([1_500, 1_700])], { low: 0, high: 30_000 }).scale).toMatchObject({ min: 0 });
  expect(figure([line([1_500, 1_700])], { low: 0, high: 30_000 }).scale.max).toBeGreaterThanOrEqual(30);
  expect(figure([line([1_500, 1_700])]).scale.min).toBeGreaterThan(1);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Columns } from "./columns.ts";
import { thin, thinTogether } from "./thin.ts";

/** A value an hour; null is a gap. */
function columnsOf(values: readonly (number | null)[]): Columns {
  const known = values.flatMap((value, i) => (value === null ? [] : [{ value, start: i * 3_600 }]));
  return { start: known.map(({ start }) => start), end: known.map(({ start }) => start + 3_600), value: known.map(({ value }) => value), quality: known.map(() => "measured") };
}
const extremesOf = (values: readonly (number | null)[]) => [Math.min(...values.map((value) => value ?? Infinity)), Math.max(...values.map((value) => value ?? -Infinity))];

test("keeps real values in order, the extremes among them, and no more than asked for", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 200, maxLength: 1_000 }), fc.integer({ min: 10, max: 150 }), (values, points) => {
    const line = columnsOf(values);
    const thinned = thin(line, points);
    expect(thinned.start.length).toBeLessThanOrEqual(points);
    expect(extremesOf(thinned.value)).toEqual(extremesOf(values));
    thinned.start.forEach((at, i) => expect(thinned.value[i]).toBe(values[at / 3_600]));
    expect(thinned.start).toEqual([...new Set(thinned.start)].sort((a, b) => a - b));
    // Nothing is missing in the line, so nothing is shown to be.
    thinned.end.slice(0, -1).forEach((end, i) => expect(end).toBe(thinned.start[i + 1]));
    expect([thinned.start[0], thinned.end.at(-1)]).toEqual([line.start[0], line.end.at(-1)]);
  }));
});

test("a gap stays one, however little is kept", () => {
  const values = Array.from({ length: 1_000 }, (_, i) => (i >= 400 && i < 403 ? null : Math.sin(i)));
  const { start, end } = thin(columnsOf(values), 20);
  const gaps = start.flatMap((at, i) => (i > 0 && end[i - 1] !== at ? [[(end[i - 1] ?? 0) / 3_600, at / 3_600]] : []));
  expect(gaps).toHaveLength(1);
  expect(gaps[0]?.[0]).toBe(400);
  expect(gaps[0]?.[1]).toBeGreaterThanOrEqual(403);
});

test("what isn't known is no value to keep", () => {
  const line = columnsOf(Array.from({ length: 100 }, (_, i) => i));
  line.value[50] = null;
  const { start, end, value } = thin(line, 20);
  expect(value).not.toContain(null);
  expect(end.some((at, i) => at === 50 * 3_600 && start[i + 1] !== at)).toBe(true);
});

test("lines that are stacked each keep their extremes, also where the sum doesn't show them", () => {
  const gas = Array.from({ length: 8_760 }, (_, i) => (i === 5_000 ? 5_000 : 100));
  const hydro = Array.from({ length: 8_760 }, (_, i) => (i === 5_000 ? 1_100 : 6_000) + (i % 7));
  const holed = hydro.map((value, i) => (i % 1_000 === 3 ? null : value));
  for (const other of [hydro, holed]) {
    const [a, b] = thinTogether([columnsOf(gas), columnsOf(other)], 500);
    expect(a?.start.length).toBeLessThanOrEqual(500);
    expect([extremesOf(a?.low ?? []), extremesOf(a?.high ?? [])]).toEqual([[100, 100], [100, 5_000]]);
    expect([Math.min(...(b?.low ?? []).map(Number)), Math.max(...(b?.high ?? []).map(Number))]).toEqual(extremesOf(other));
    const at = a?.high?.indexOf(5_000) ?? -1;
    expect(a?.start[at]).toBeLessThanOrEqual(5_000 * 3_600);
    expect(a?.end[at]).toBeGreaterThan(5_000 * 3_600);
  }
});

test("a short line is left as it is", () => {
  const line = columnsOf([1, 2, 3]);
  expect(thin(line, 10)).toBe(line);
});

test("lines that are stacked keep the same instants, their sum's extremes among them", () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: -200, max: 0 })), { minLength: 200, maxLength: 600 }), (pairs) => {
    const [a, b] = thinTogether([columnsOf(pairs.map(([first]) => first)), columnsOf(pairs.map(([, second]) => second))], 50);
    expect(a?.start).toEqual(b?.start);
    expect(a?.start.length).toBeLessThanOrEqual(50);
    expect(extremesOf((a?.value ?? []).map((value, i) => (value ?? 0) + (b?.value[i] ?? 0)))).toEqual(extremesOf(pairs.map(([first, second]) => first + second)));
  }));
});

test("lines that have their instants in common are thinned as those that only have the same ones", () => {
  const many = fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 120, maxLength: 120 });
  fc.assert(fc.property(fc.array(many, { minLength: 2, maxLength: 4 }), fc.integer({ min: 10, max: 80 }), (lines, points) => {
    const apart = lines.map(columnsOf);
    const [first] = apart;
    expect(thinTogether(apart.map(({ value }) => ({ ...(first ?? columnsOf([])), value })), points)).toEqual(thinTogether(apart, points));
  }));
});

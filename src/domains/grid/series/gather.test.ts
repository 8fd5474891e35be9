import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gather, gatherAll, type Gathering } from "./gather.ts";
import type { Rows } from "./packed-rows.ts";

const hour = 3_600;
function rowsOf(values: readonly (number | null)[], length = hour, step = length, from = 0): Rows {
  const start = values.map((_, i) => from + i * step);
  const list = [...values];
  return { start, end: start.map((at) => at + length), value: list, total: list, low: list, high: list, seconds: values.map(() => length), quality: new Uint8Array(values.length) };
}
const equal = (step: number, to: number, from = 0) => ({ kind: "equal", step: step * 1_000, from: from * 1_000, to: to * 1_000 }) as const;
const gathering = (over: Partial<Gathering>): Gathering => ({ approach: { from: "observations", as: "periods" }, measure: "mean", periods: equal(hour, 4 * hour), share: 0.99, ...over });

describe("periods", () => {
  test("powers are means weighted by time, energies sums", () => {
    const rows = rowsOf([10, 20, 60, 60]);
    rows.end[1] = rows.start[1] ?? 0;
    const uneven: Rows = { ...rows, start: [0, 900], end: [900, 3_600], value: [10, 30], total: [10, 30], low: [10, 30], high: [10, 30], seconds: [900, 2_700], quality: new Uint8Array(2) };
    expect(gather(uneven, gathering({}))).toMatchObject({ start: [0], end: [3_600], value: [25], low: [10], high: [30], quality: ["measured"] });
    expect(gather(uneven, gathering({ measure: "sum" })).value).toEqual([40]);
    expect(gather(uneven, gathering({ measure: "power" })).value).toEqual([40]);
  });

  test("one that isn't covered whole is an estimate; without a value there is none", () => {
    const columns = gather(rowsOf([1, null, 3, 5], 1_800), gathering({ periods: equal(hour, 4 * hour) }));
    expect(columns).toMatchObject({ start: [0, 3_600], value: [1, 4], quality: ["estimated", "measured"] });
    expect(gather(rowsOf([null, null], 1_800), gathering({}))).toMatchObject({ start: [], value: [] });
  });

  test("directions turn around north", () => {
    const { value, low } = gather(rowsOf([350, 10], 1_800), gathering({ measure: "direction" }));
    expect(Math.min(value[0] ?? 180, 360 - (value[0] ?? 180))).toBeCloseTo(0, 9);
    expect(low).toBeUndefined();
  });

  test("extremes are told only where there are several values", () => {
    expect(gather(rowsOf([1, 2, 3]), gathering({}))).not.toHaveProperty("low");
  });
});

describe("lines that were read together", () => {
  const value = fc.option(fc.integer({ min: -100, max: 100 }), { freq: 20 });
  const approaches = (["periods", "shares", "rows"] as const).map((as) => ({ from: "observations", as }) as const);
  test("of the same moments or not, each is what it is by itself", () => {
    fc.assert(fc.property(fc.array(fc.array(value, { minLength: 6, maxLength: 6 }), { minLength: 2, maxLength: 5 }), fc.constantFrom(300, 600), fc.constantFrom(...approaches), fc.constantFrom("mean", "sum", "power"), fc.nat(4),
      (lines, length, approach, measure, others) => {
        const first = rowsOf(lines[0] ?? [], length);
        const rows = lines.map((values, i): Rows => ({ ...rowsOf(values, length), ...(i === others ? {} : { start: first.start, end: first.end, seconds: first.seconds, quality: first.quality }) }));
        const all = gathering({ approach, measure, periods: equal(600, 3_600) });
        expect(gatherAll(rows, all)).toEqual(rows.map((each) => gather(each, all)));
      }));
  });

  test("hours that are kept ready have extremes of their own", () => {
    const first = rowsOf([1, 2, 3]);
    const ranging: Rows = { ...first, low: [0, 1, 2], high: [2, 3, 4] };
    const all = gathering({ approach: { from: "hours", as: "rows" } });
    expect(gatherAll([first, ranging], all)).toEqual([gather(first, all), gather(ranging, all)]);
  });

  test("those of the same moments have their instants in common", () => {
    const first = rowsOf([1, 2, 3]);
    const others = rowsOf([4, 5, 6]).value;
    const [a, b] = gatherAll([first, { ...first, value: others, total: others, low: others, high: others }], gathering({}));
    expect(b?.start).toBe(a?.start);
    expect(b?.value).toEqual([4, 5, 6]);
  });
});

describe("shares", () => {
  test("an interval across a bound counts for both sides by its time; nothing is lost or doubled", () => {
    const columns = gather(rowsOf([10, 20], hour, hour), gathering({ approach: { from: "observations", as: "shares" }, measure: "sum", periods: equal(hour, 2.5 * hour, -hour / 2) }));
    expect(columns.start).toEqual([-1_800, 1_800, 5_400]);
    expect(columns.value).toEqual([5, 15, 10]);
  });

  test("what began before the first period counts for it with the rest of its time", () => {
    const columns = gather(rowsOf([60], hour, hour, -1_800), gathering({ approach: { from: "observations", as: "shares" }, measure: "sum" }));
    expect(columns).toMatchObject({ start: [0], value: [30], quality: ["estimated"] });
  });

  test("sums are kept, however the bounds lie", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 9 }), fc.nat(59), (values, length, shift) => {
      const step = length * 600;
      const columns = gather(rowsOf(values, 900), gathering({ approach: { from: "observations", as: "shares" }, measure: "sum", periods: equal(step, 200 * step, -shift * 60) }));
      expect(columns.value.reduce<number>((sum, value) => sum + (value ?? 0), 0)).toBeCloseTo(values.reduce((sum, value) => sum + value, 0), 6);
      columns.end.forEach((end, i) => expect(end - (columns.start[i] ?? 0)).toBe(step));
      expect(columns.start).toEqual([...new Set(columns.start)].sort((a, b) => a - b));
    }));
  });
});

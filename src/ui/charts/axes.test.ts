import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { timeTicks, valueScale } from "./ticks.ts";
import { isWhole, pan, showing, zoom } from "./view.ts";
import { clockText, momentText, spanText, zoneClock } from "./zone-clock.ts";

const est = zoneClock({ name: "Etc/GMT+5", offsets: [{ from: "2026-01-01T00:00:00Z", minutes: -300 }] });
/** Clocks go back at 06:00 UTC. */
const toronto = zoneClock({ name: "America/Toronto", offsets: [{ from: "2026-10-31T00:00:00Z", minutes: -240 }, { from: "2026-11-01T06:00:00Z", minutes: -300 }] });
const at = (text: string) => Date.parse(text);
const said = (text: string) => text.replaceAll("\u00a0", " ");

describe("a zone's clock", () => {
  test("follows the offsets that were sent, not the browser's", () => {
    // No browser knows of a change on this day.
    const odd = zoneClock({ name: "America/Edmonton", offsets: [{ from: "2026-07-01T00:00:00Z", minutes: -360 }, { from: "2026-07-02T00:00:00Z", minutes: -330 }] });
    expect([clockText(odd, at("2026-07-01T12:00:00Z")), clockText(odd, at("2026-07-02T12:00:00Z"))]).toEqual(["06:00", "06:30"]);
    expect(odd.labelAt(at("2026-07-01T12:00:00Z"))).toBe("MT");
  });

  test("an hour that comes twice is its first instant, one that is left out is what clocks show next", () => {
    const parts = { year: 2026, month: 11, day: 1, hour: 1, minute: 30 };
    expect(new Date(toronto.instantOf(parts)).toISOString()).toBe("2026-11-01T05:30:00.000Z");
    const spring = zoneClock({ name: "America/Toronto", offsets: [{ from: "2026-03-07T05:00:00Z", minutes: -300 }, { from: "2026-03-08T07:00:00Z", minutes: -240 }] });
    expect(new Date(spring.instantOf({ year: 2026, month: 3, day: 8, hour: 2, minute: 30 })).toISOString()).toBe("2026-03-08T07:30:00.000Z");
  });

  test("says intervals, days and months", () => {
    expect(said(spanText(est, at("2026-11-20T21:30:00Z"), at("2026-11-20T21:35:00Z")))).toBe("16:30–16:35 EST");
    expect(said(spanText(est, at("2026-11-21T04:00:00Z"), at("2026-11-21T05:00:00Z"), { withDay: true }))).toBe("20 Nov, 23:00–24:00 EST");
    expect(spanText(est, at("2026-11-20T05:00:00Z"), at("2026-11-21T05:00:00Z"))).toBe("20 Nov 2026");
    expect(spanText(est, at("2026-11-01T05:00:00Z"), at("2026-12-01T05:00:00Z"))).toBe("Nov 2026");
    expect(spanText(toronto, at("2026-11-01T04:00:00Z"), at("2026-11-02T05:00:00Z"))).toBe("1 Nov 2026");
    expect(said(momentText(est, at("2026-11-20T21:35:00Z")))).toBe("20 Nov 2026, 16:35 EST");
  });
});

describe("ticks of time", () => {
  const texts = (from: string, to: string, most: number, clock = est) => timeTicks(clock, at(from), at(to), most).map(({ text }) => text);

  test("a day has round hours, from 00:00 to 24:00", () => {
    expect(texts("2026-11-20T05:00:00Z", "2026-11-21T05:00:00Z", 9)).toEqual(["00:00", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00", "24:00"]);
    expect(texts("2026-11-20T05:00:00Z", "2026-11-21T05:00:00Z", 4)).toEqual(["00:00", "06:00", "12:00", "18:00", "24:00"]);
  });

  test("a week has days, the month said once; a year has months", () => {
    expect(texts("2025-04-28T05:00:00Z", "2025-05-05T05:00:00Z", 8)).toEqual(["28 Apr", "29", "30", "1 May", "2", "3", "4"]);
    expect(texts("2025-11-01T05:00:00Z", "2026-11-01T05:00:00Z", 6)).toEqual(["Nov", "2026", "Mar", "May", "Jul", "Sep"]);
  });

  test("on the day that clocks go back, ticks stand where clocks show them: four hours from midnight to 03:00", () => {
    const ticks = timeTicks(toronto, at("2026-11-01T04:00:00Z"), at("2026-11-02T05:00:00Z"), 9);
    expect(ticks.slice(0, 3).map(({ at: tick, text }) => `${text} ${new Date(tick).toISOString().slice(11, 16)}`)).toEqual(["00:00 04:00", "03:00 08:00", "06:00 11:00"]);
  });

  test("whatever the range, they are in it, in order, and not too many", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 900_000 }), fc.integer({ min: 10, max: 20_000_000 }), fc.integer({ min: 2, max: 14 }), (hours, minutes, most) => {
      const from = at("1996-01-01T00:00:00Z") + hours * 3_600_000 / 4;
      const to = from + minutes * 60_000;
      const ticks = timeTicks(est, from, to, most);
      expect(ticks.every((tick, index) => tick.at >= from && tick.at <= to && (index === 0 || tick.at > (ticks[index - 1]?.at ?? 0)))).toBe(true);
      expect(ticks.length).toBeLessThanOrEqual(most * 1.6 + 2);
    }));
  });
});

describe("the scale of values", () => {
  test("starts elsewhere for a line far from zero, at zero for areas", () => {
    expect(valueScale(13_100, 18_200, { zero: false })).toMatchObject({ min: 12_000, max: 20_000, step: 2_000, decimals: 0 });
    expect(valueScale(0, 18_200, { zero: true }).ticks).toEqual([0, 5_000, 10_000, 15_000, 20_000]);
  });

  test("little below zero takes half a step", () => {
    expect(valueScale(-1_720, 18_800, { zero: true })).toMatchObject({ min: -2_500, ticks: [0, 5_000, 10_000, 15_000, 20_000] });
    // What would reach below it takes the whole step.
    expect(valueScale(-2_600, 18_800, { zero: true }).min).toBe(-5_000);
    expect(valueScale(-6, 260, { zero: false })).toMatchObject({ min: -50, ticks: [0, 100, 200, 300] });
    expect(valueScale(-3_000, 18_800, { zero: true })).toMatchObject({ min: -5_000, ticks: [-5_000, 0, 5_000, 10_000, 15_000, 20_000] });
  });

  test("holds what is below zero, and copes with nothing", () => {
    expect(valueScale(-38.2, 118, { zero: false }).ticks).toEqual([-50, 0, 50, 100, 150]);
    expect(valueScale(Infinity, -Infinity, { zero: true })).toMatchObject({ min: 0 });
  });

  test("whatever the values, they lie within it, and its ticks are few and evenly apart", () => {
    fc.assert(fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-3, max: 1e6, noNaN: true }), fc.boolean(), (low, size, zero) => {
      const { min, max, ticks } = valueScale(low, low + size, { zero });
      expect(min).toBeLessThanOrEqual(low);
      expect(max).toBeGreaterThanOrEqual(low + size);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(14);
      if (zero) expect([min <= 0, max >= 0]).toEqual([true, true]);
    }));
  });
});

describe("the view", () => {
  const whole = { from: 0, to: 86_400_000 };
  const half = { from: 0, to: 43_200_000 };

  test("moves and zooms within the whole", () => {
    expect(pan(half, whole, 0.5)).toEqual({ from: 21_600_000, to: 64_800_000 });
    expect(pan(half, whole, 9)).toEqual({ from: 43_200_000, to: 86_400_000 });
    expect(zoom(whole, whole, 0.5, 0.5)).toEqual({ from: 21_600_000, to: 64_800_000 });
    expect(zoom(half, whole, 9, 0.5)).toEqual(whole);
    expect(zoom(half, whole, 1e-9, 0).to).toBe(600_000);
  });

  test("follows what is read", () => {
    expect(showing(half, whole, 1_000)).toBe(half);
    const { from, to } = showing(half, whole, 60_000_000);
    expect(from < 60_000_000 && to > 60_000_000).toBe(true);
    expect([isWhole(whole, whole), isWhole(half, whole)]).toEqual([true, false]);
  });
});

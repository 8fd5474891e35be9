import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayOf, wallTimeAt } from "./intervals.ts";
import { findZone, offsetsWithin, periodsOf, startOfDay } from "./zone-calendar.ts";

const at = (text: string) => Date.parse(text);
const zones = ["America/Edmonton", "America/St_Johns", "Etc/GMT+5", "UTC", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu", "America/Toronto"];

test("knows zones whatever their case, and refuses what is none", () => {
  expect(findZone("america/edmonton")).toBe("America/Edmonton");
  for (const name of ["Mars/Olympus", "", "+05:00", "America/Toronto\u0000", "__proto__"]) expect(findZone(name)).toBeNull();
});

test("offsets change where clocks do", () => {
  expect(offsetsWithin("America/Toronto", at("2025-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z"))).toEqual([
    { at: at("2025-01-01T00:00:00Z"), minutes: -300 }, { at: at("2025-03-09T07:00:00Z"), minutes: -240 }, { at: at("2025-11-02T06:00:00Z"), minutes: -300 },
  ]);
});

describe("periods", () => {
  test("days are those of dayOf, whatever the zone and the day", () => {
    fc.assert(fc.property(fc.constantFrom(...zones), fc.integer({ min: at("1995-01-03T00:00:00Z"), max: at("2030-01-01T00:00:00Z") }), (zone, instant) => {
      const day = dayOf(wallTimeAt(new Date(instant), zone), zone);
      expect(periodsOf(zone, "day", instant, instant + 1)).toEqual({ kind: "bounded", bounds: [day.start.getTime(), day.end.getTime()] });
      const { year, month, day: number } = wallTimeAt(new Date(instant), zone);
      expect(startOfDay(zone, year, month, number)).toBe(day.start.getTime());
    }), { numRuns: 400 });
  });

  test("follow each other from the first that a range touches to the last", () => {
    fc.assert(fc.property(fc.constantFrom(...zones), fc.constantFrom("5min", "hour", "day", "month"), fc.integer({ min: at("2005-01-01T00:00:00Z"), max: at("2027-01-01T00:00:00Z") }), fc.integer({ min: 1, max: 200 * 86_400_000 }), (zone, resolution, from, length) => {
      const periods = periodsOf(zone, resolution, from, from + length);
      const bounds = periods.kind === "equal" ? [periods.from, periods.from + periods.step, periods.to] : periods.bounds;
      expect(bounds[0]).toBeLessThanOrEqual(from);
      expect(bounds[1]).toBeGreaterThan(from);
      expect(bounds.at(-1)).toBeGreaterThanOrEqual(from + length);
      if (periods.kind === "bounded") expect(periods.bounds.at(-2)).toBeLessThan(from + length);
    }), { numRuns: 200 });
  });

  test("hours of a half-hour zone begin at half past, months at its midnight", () => {
    expect(periodsOf("America/St_Johns", "hour", at("2026-01-01T00:00:00Z"), at("2026-01-01T01:00:00Z"))).toEqual({
      kind: "equal", step: 3_600_000, from: at("2025-12-31T23:30:00Z"), to: at("2026-01-01T01:30:00Z"),
    });
    expect(periodsOf("America/St_Johns", "month", at("2026-01-15T00:00:00Z"), at("2026-02-15T00:00:00Z"))).toEqual({
      kind: "bounded", bounds: [at("2026-01-01T03:30:00Z"), at("2026-02-01T03:30:00Z"), at("2026-03-01T03:30:00Z")],
    });
  });
});

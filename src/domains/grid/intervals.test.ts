import { describe, expect, test } from "vitest";
import { dayOf, fiveMinutesOf, hourEnding, instantsOf, offsetAt, parseDay, wallTimeAt } from "./intervals.ts";

const iso = ({ start, end }: { start: Date; end: Date }) => [start.toISOString(), end.toISOString()];
const hours = ({ start, end }: { start: Date; end: Date }) => (end.getTime() - start.getTime()) / 3_600_000;

describe("a source at UTC−5 all year", () => {
  test.each([
    ["2026-01-15", 1, ["2026-01-15T05:00:00.000Z", "2026-01-15T06:00:00.000Z"]],
    ["2026-07-15", 1, ["2026-07-15T05:00:00.000Z", "2026-07-15T06:00:00.000Z"]],
    ["2026-12-31", 24, ["2027-01-01T04:00:00.000Z", "2027-01-01T05:00:00.000Z"]],
  ])("%s hour ending %i", (day, hour, expected) => {
    expect(iso(hourEnding(parseDay(day), hour, -5))).toEqual(expected);
  });

  test("interval 12 of hour 24 ends with the day", () => {
    expect(iso(fiveMinutesOf(parseDay("2026-03-08"), 24, 12, -5))).toEqual(["2026-03-09T04:55:00.000Z", "2026-03-09T05:00:00.000Z"]);
  });

  test.each([0, 25, 1.5, Number.NaN])("there is no hour %d", (hour) => expect(() => hourEnding(parseDay("2026-01-01"), hour, -5)).toThrow(/no hour/));
  test.each([0, 13])("there is no interval %d", (interval) => expect(() => fiveMinutesOf(parseDay("2026-01-01"), 1, interval, -5)).toThrow(/no interval/));
});

test.each(["2026-02-29", "2026-13-01", "2026-00-10", "26-01-01", "1889-01-01", "", "yesterday"])("%j is no day", (text) => {
  expect(() => parseDay(text)).toThrow(/is no day/);
});

describe("days of a zone", () => {
  test.each([
    ["2025-03-09", "America/Edmonton", 23],
    ["2025-11-02", "America/Edmonton", 25],
    ["2026-03-08", "America/Edmonton", 23],
    // Alberta has kept UTC−6 since 2026.
    ["2026-11-01", "America/Edmonton", 24],
    ["2027-03-14", "America/Edmonton", 24],
    ["2026-03-08", "America/Toronto", 23],
    ["2026-11-01", "America/Toronto", 25],
    ["2026-11-01", "America/Regina", 24],
    ["2026-03-08", "America/St_Johns", 23],
  ])("%s in %s has %i hours", (day, zone, expected) => {
    expect(hours(dayOf(parseDay(day), zone))).toBe(expected);
  });

  test("the hour that comes twice has two instants, the one left out none", () => {
    const shown = { ...parseDay("2025-11-02"), hour: 1, minute: 30 };
    expect(instantsOf(shown, "America/Edmonton").map((at) => at.toISOString())).toEqual(["2025-11-02T07:30:00.000Z", "2025-11-02T08:30:00.000Z"]);
    expect(instantsOf({ ...parseDay("2025-03-09"), hour: 2, minute: 30 }, "America/Edmonton")).toEqual([]);
  });

  test("clocks in Edmonton are six hours behind UTC in November 2026", () => {
    expect(offsetAt(new Date("2026-11-21T12:00:00Z"), "America/Edmonton")).toBe(-6 * 3_600_000);
    expect(wallTimeAt(new Date("2026-11-21T12:00:00Z"), "America/Edmonton")).toMatchObject({ day: 21, hour: 6 });
  });
});

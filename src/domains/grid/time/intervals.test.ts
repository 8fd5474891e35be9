import { describe, expect, test } from "vitest";
import {
  dayOf, fiveMinutesOf, gridOf, hourEnding, instantsInOrder, instantsOf, offsetAt, parseDay, parseInstant, parseWallTime, stretchesOf, wallTimeAt, zonedHourEnding,
} from "./intervals.ts";

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

describe("hours that a zone's clocks name by their end", () => {
  const named = (day: string, hours: [number, boolean?][]) => hours.map(([hour, again]) => zonedHourEnding(parseDay(day), hour, "America/Edmonton", again).start.toISOString().slice(11, 16));

  test("in autumn the hour that comes again is the second; in spring one is missing; since 2026 Alberta's days are all whole", () => {
    expect(named("2024-11-03", [[1], [2], [2, true], [3], [24]])).toEqual(["06:00", "07:00", "08:00", "09:00", "06:00"]);
    expect(named("2025-03-09", [[1], [2], [4]])).toEqual(["07:00", "08:00", "09:00"]);
    expect(() => named("2025-03-09", [[3]])).toThrow(/no hour 3/);
    expect(() => named("2025-03-09", [[2, true]])).toThrow(/no second hour 2/);
    expect(() => named("2026-11-01", [[2, true]])).toThrow(/no second hour/);
    expect(named("2026-11-01", [[1], [2], [3]])).toEqual(["06:00", "07:00", "08:00"]);
  });

  test("every hour of a year of 8,760 hours begins where the one before ended", () => {
    let last = 0;
    for (let day = Date.UTC(2025, 0, 1); day < Date.UTC(2026, 0, 1); day += 86_400_000) {
      const date = parseDay(new Date(day).toISOString().slice(0, 10));
      const hours = dayOf(date, "America/Edmonton");
      const length = (hours.end.getTime() - hours.start.getTime()) / 3_600_000;
      const names: [number, boolean][] = [...Array(24).keys()].flatMap((i): [number, boolean][] =>
        length === 23 && i === 2 ? [] : length === 25 && i === 1 ? [[2, false], [2, true]] : [[i + 1, false]]);
      for (const [hour, again] of names) {
        const { start, end } = zonedHourEnding(date, hour, "America/Edmonton", again);
        if (last > 0) expect(start.getTime()).toBe(last);
        last = end.getTime();
      }
    }
  });
});

describe("times as clocks showed them, in a list's order", () => {
  const order = (...texts: string[]) => instantsInOrder(texts.map(parseWallTime), "America/Toronto").map((at) => at?.toISOString().slice(11, 16) ?? null);
  test("a time that comes twice is its first instant, then its second", () => {
    expect(order("2025-11-02T00:30:00", "2025-11-02T01:30:00", "2025-11-02T01:30:00", "2025-11-02T02:30:00")).toEqual(["04:30", "05:30", "06:30", "07:30"]);
  });
  test("what can't be told is null: the hour left out in spring, one of two, one of three", () => {
    expect(order("2025-03-09T01:30:00", "2025-03-09T02:30:00", "2025-03-09T03:30:00")).toEqual(["06:30", null, "07:30"]);
    expect(order("2025-11-02T01:30:00", "2025-11-02T02:30:00")).toEqual([null, "07:30"]);
    expect(order("2025-11-02T01:30:00", "2025-11-02T01:30:00", "2025-11-02T01:30:00")).toEqual([null, null, null]);
  });
});

test("instants with and without an offset", () => {
  const iso = (text: string) => parseInstant(text).toISOString();
  expect(iso("2024-06-12 08:05:00.000+0000")).toBe("2024-06-12T08:05:00.000Z");
  expect(iso("2026-10-09T18:15:00-04:00")).toBe("2026-10-09T22:15:00.000Z");
  expect(iso("2026-03-06T05:00:00.250Z")).toBe("2026-03-06T05:00:00.250Z");
  expect(iso("2024-06-12 06:00")).toBe("2024-06-12T06:00:00.000Z");
});

test.each(["2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01", "", "now", "2026-01-01T00:00:00+99:00"])("%j is no instant", (text) => {
  expect(() => parseInstant(text)).toThrow(/is no (time|day)/);
});

test("a grid's interval, and stretches of a zone's days", () => {
  expect(iso(gridOf(new Date("2017-07-17T01:57:29Z"), 5))).toEqual(["2017-07-17T01:55:00.000Z", "2017-07-17T02:00:00.000Z"]);
  const days = [...stretchesOf({ from: new Date("2025-01-01T05:00:00Z"), to: new Date("2025-01-04T07:00:00Z") }, "America/Edmonton", 2)];
  expect(days.map(({ first, last }) => `${first.month}/${first.day} ${last.month}/${last.day}`)).toEqual(["12/31 1/1", "1/2 1/3"]);
});

import { describe, expect, test } from "vitest";
import { daysOf, easternToday, formatPartialDate } from "./dates.ts";

describe("daysOf", () => {
  test.each([
    ["2003-08-14", "2003-08-14", "2003-08-14"],
    ["2024-02", "2024-02-01", "2024-02-29"],
    ["2023-02", "2023-02-01", "2023-02-28"],
    ["2015", "2015-01-01", "2015-12-31"],
  ])("of %s are %s to %s", (date, first, last) => expect(daysOf(date)).toEqual({ first, last }));

  test.each(["2023-02-29", "2023-04-31"])("refuses %s, which no calendar has", (date) => expect(() => daysOf(date)).toThrow(/No day|Invalid/));
});

test.each([["2003-08-14", "14 Aug 2003"], ["2013-07", "Jul 2013"], ["2015", "2015"]])("%s reads %s", (date, words) => expect(formatPartialDate(date)).toBe(words));

test("a day begins at five in the morning UTC", () => {
  expect(easternToday(new Date("2026-11-21T04:59:59Z"))).toBe("2026-11-20");
  expect(easternToday(new Date("2026-11-21T05:00:00Z"))).toBe("2026-11-21");
});

import { expect, test } from "vitest";
import { formatClock, formatDate, formatDateTime, formatDayTime } from "./format-time.ts";

test("a time reads as DESIGN writes it", () => {
  expect(formatDateTime("2026-11-20T21:35:00Z")).toBe("20 Nov 2026, 16:35 EST");
  expect(formatDayTime(new Date("2026-11-20T21:35:00Z"))).toBe("Fri 20 Nov 2026, 16:35 EST");
});

test("the clock stays on standard time in summer", () => {
  expect(formatClock("2026-07-01T12:00:00Z")).toBe("07:00 EST");
});

test("the date is that of the clock shown, not of UTC", () => {
  expect(formatDate("2026-03-01T04:59:00Z")).toBe("28 Feb 2026");
  expect(formatDate("2027-01-01T05:00:00Z")).toBe("1 Jan 2027");
});

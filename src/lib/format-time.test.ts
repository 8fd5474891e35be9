import { expect, test } from "vitest";
import { formatAge, formatClock, formatDate, formatDateTime, formatDayTime, formatSpan, formatWait } from "./format-time.ts";

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

test("a clock of another zone shows its own date and name", () => {
  const newfoundland = { minutes: -210, label: "NST" };
  expect(formatDateTime("2026-01-01T03:00:00Z", newfoundland)).toBe("31 Dec 2025, 23:30 NST");
  expect(formatDayTime("2026-11-21T03:31:00Z", newfoundland)).toBe("Sat 21 Nov 2026, 00:01 NST");
});

test.each([
  [0, "now"], [59, "now"], [180, "3 min ago"], [119 * 60, "119 min ago"], [120 * 60, "2 h ago"], [47 * 3_600, "47 h ago"], [50 * 3_600, "2 days ago"], [-30, "now"],
])("%d seconds before is %s", (seconds, words) => {
  const now = new Date("2026-11-20T21:35:00Z");
  expect(formatAge(new Date(now.getTime() - seconds * 1_000), now)).toBe(words);
});

test.each([[1, "1 s"], [59, "59 s"], [60, "1 min"], [61, "2 min"], [7_200, "2 h"], [86_400, "1 day"]])("%d seconds are a wait of %s", (seconds, words) => {
  expect(formatWait(seconds)).toBe(words);
});

test.each([[2, "2 min"], [60, "1 h"], [90, "1.5 h"], [1_440, "1 day"], [43_200, "30 days"]])("%d minutes is every %s", (minutes, words) => {
  expect(formatSpan(minutes)).toBe(words);
});

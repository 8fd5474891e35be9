import { expect, test } from "vitest";
import { Day, DayOrInstant, Instant } from "./calendar.ts";

test.each(["1900-01-01", "2026-02-28", "2999-12-31"])("%s can be meant", (text) => {
  expect([Day.safeParse(text).success, DayOrInstant.safeParse(text).success, Instant.safeParse(`${text}T12:00:00-05:00`).success, DayOrInstant.safeParse(`${text}T12:00:00Z`).success]).toEqual([true, true, true, true]);
});

test.each(["0000-01-01", "0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31", "2026-02-30", "-000001-01-01", "yesterday", ""])("%s can't", (text) => {
  expect([Day.safeParse(text).success, DayOrInstant.safeParse(text).success, Instant.safeParse(`${text}T12:00:00Z`).success, DayOrInstant.safeParse(`${text}T12:00:00Z`).success]).toEqual([false, false, false, false]);
});

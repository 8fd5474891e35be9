import { expect, test } from "vitest";
import { spanFrom } from "#domains/grid/time/intervals.ts";
import type { Quality } from "#domains/grid/schema.ts";
import { checkReading } from "./check-reading.ts";

const fetchedAt = new Date("2026-03-01T12:00:00Z");
const hour = (start: string, quality: Quality, value: number | null = 1) =>
  ({ region: "CA-ON", metric: "demand", unit: "MW", quality, value, ...spanFrom(new Date(start), 60) }) as const;
const check = (publishedAt: string | null, ...observations: ReturnType<typeof hour>[]) =>
  () => checkReading({ publishedAt: publishedAt === null ? null : new Date(publishedAt), observations, warnings: [] }, { bytes: new Uint8Array(), origin: "test", fetchedAt }).observations;

test("forecasts, day-ahead prices, empty places and clocks that differ are believed", () => {
  expect(check("2026-03-01T23:00:00Z", hour("2026-04-01T00:00:00Z", "forecast"), hour("2026-03-03T04:00:00Z", "measured"), hour("2031-01-01T00:00:00Z", "measured", null))).not.toThrow();
  expect(check(null)).not.toThrow();
});

test("measured values and documents of the future are refused", () => {
  expect(check(null, hour("2026-03-01T00:00:00Z", "measured"), hour("2031-01-01T00:00:00Z", "measured"))).toThrow(/2031-01-01T00:00:00.000Z, which is no forecast/);
  expect(check(null, hour("2026-03-05T00:00:00Z", "preliminary"))).toThrow(/no forecast/);
  expect(check("2036-03-01T00:00:00Z", hour("2026-03-01T00:00:00Z", "measured"))).toThrow(/written at 2036/);
});

test("each interval is there once, and two values for one are refused", () => {
  const [first, same, other] = [hour("2026-03-01T00:00:00Z", "measured"), hour("2026-03-01T00:00:00Z", "measured"), hour("2026-03-01T00:00:00Z", "measured", 2)];
  expect(check(null, first, same)()).toEqual([first]);
  expect(check(null, first, other)).toThrow(/two values/);
});

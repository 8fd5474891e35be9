import { describe, expect, test } from "vitest";
import { earlier, requireBounded, resolutionFor } from "./selection.ts";

test("the same time before keeps days of the calendar", () => {
  expect([earlier("2026-03-05", "week"), earlier("2026-01-03T05:00:00Z", "week"), earlier("2026-03-05", "year"), earlier("2024-02-29", "year")])
    .toEqual(["2026-02-26", "2025-12-27T05:00:00.000Z", "2025-03-05", "2023-02-28"]);
});

describe("the resolution", () => {
  const range = { region: "CA-ON", metric: "demand", from: "2026-01-01" } as const;

  test("is as charts have it, or as asked for", () => {
    expect([8, 9, 100, 101].map(resolutionFor)).toEqual(["5min", "hour", "hour", "day"]);
    expect(requireBounded({ ...range, to: "2026-01-04", resolution: "hour" })).toBe("hour");
  });

  test("bounds the range, and says so", () => {
    expect(requireBounded({ ...range, to: "2026-02-01", resolution: "5min" })).toBe("5min");
    expect(() => requireBounded({ ...range, to: "2026-02-02", resolution: "5min" })).toThrow("longer than the 31 days that are read here at a resolution of 5min");
    expect(() => requireBounded({ ...range, to: "2040-01-01" })).toThrow("3,660 days");
  });
});

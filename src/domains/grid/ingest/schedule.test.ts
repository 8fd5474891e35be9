import { describe, expect, test } from "vitest";
import { nextCheckAt, nextRunAt } from "./schedule.ts";
import type { SourceState } from "#domains/grid/health/source-queries.ts";
import type { Source } from "#domains/grid/sources/source.ts";

const ran = new Date("2026-11-21T12:00:00Z");
const state = (over: Partial<SourceState> = {}): SourceState => ({
  source: "a.b", enabled: true, decided: false, checkedAt: ran, lastRunAt: ran, lastSuccessAt: ran, dataUntil: ran, failures: 0, lastError: null, ...over,
});
const minutes = (at: Date | null) => (at === null ? null : (at.getTime() - ran.getTime()) / 60_000);
const source: Pick<Source, "id" | "cadenceMinutes" | "endedAt"> = { id: "a.b", cadenceMinutes: 5 };

describe("a source that is on", () => {
  test("is asked by its cadence, give or take a tenth", () => {
    const pauses = Array.from({ length: 200 }, (_, i) => minutes(nextRunAt({ ...source, id: `a.${i}` }, state())) ?? 0);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(4.5);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(5.5);
    expect(new Set(pauses).size).toBeGreaterThan(100);
    expect(nextRunAt(source, state())).toEqual(nextRunAt(source, state()));
  });

  test("is asked every hour for what comes once a day, every day for what comes once a year, at once when it never was", () => {
    expect(minutes(nextRunAt({ ...source, cadenceMinutes: 1_440 }, state()))).toBeCloseTo(60, -1);
    expect(minutes(nextRunAt({ ...source, cadenceMinutes: 525_600 }, state()))).toBeGreaterThan(1_290);
    expect(nextRunAt(source, state({ lastRunAt: null }))).toEqual(new Date(0));
  });

  test("waits twice as long after each failure, six hours at most", () => {
    const pause = (failures: number) => minutes(nextRunAt(source, state({ failures }))) ?? 0;
    expect(pause(1) / pause(0)).toBeCloseTo(2);
    expect(pause(3) / pause(0)).toBeCloseTo(8);
    expect(pause(500)).toBeLessThanOrEqual(396);
  });
});

test.each<[string, typeof source, SourceState | null]>([
  ["is off", source, state({ enabled: false })],
  ["never ran", source, null],
  ["has ended", { ...source, endedAt: ran }, state()],
])("a source that %s is never asked", (_, given, its) => expect(nextRunAt(given, its)).toBeNull());

describe("a source that isn't on", () => {
  test("is tried at once, then at growing intervals", () => {
    expect(nextCheckAt(source, null)).toEqual(new Date(0));
    const off = (failures: number) => minutes(nextCheckAt(source, state({ enabled: false, failures })));
    expect([1, 2, 3, 4, 100].map(off)).toEqual([1, 2, 4, 8, 360]);
  });

  test("is left alone where somebody decided, or where it has ended", () => {
    expect(nextCheckAt(source, state({ enabled: false, decided: true }))).toBeNull();
    expect(nextCheckAt(source, state())).toBeNull();
    expect(nextCheckAt({ ...source, endedAt: ran }, null)).toBeNull();
  });
});

import { describe, expect, test } from "vitest";
import { sourceState } from "./source-notes.ts";
import type { SourceState } from "./source-queries.ts";

const now = new Date("2026-11-20T21:35:00Z");
const fine: SourceState = {
  source: "ieso.realtime-totals", enabled: true, decided: false, checkedAt: now, lastRunAt: now, lastSuccessAt: now,
  dataUntil: new Date("2026-11-20T21:30:00Z"), failures: 0, lastError: null,
};
const source = { cadenceMinutes: 5 };

describe("the state of a source", () => {
  test("is on time within two cadences of its newest interval, and late after that", () => {
    expect(sourceState(source, fine, now)).toBe("on-time");
    expect(sourceState(source, fine, new Date("2026-11-20T21:40:00Z"))).toBe("on-time");
    expect(sourceState(source, fine, new Date("2026-11-20T21:40:01Z"))).toBe("late");
  });

  test("says that it doesn't answer after three failures in a row", () => {
    expect(sourceState(source, { ...fine, failures: 2 }, now)).toBe("on-time");
    expect(sourceState(source, { ...fine, failures: 3 }, now)).toBe("not-answering");
  });

  test("says that it doesn't answer where no try ever came through", () => {
    expect(sourceState(source, { ...fine, enabled: false, dataUntil: null, failures: 1 }, now)).toBe("not-answering");
  });

  test("is off while nothing was ever fetched, and ended where nothing comes any more", () => {
    expect(sourceState(source, null, now)).toBe("off");
    expect(sourceState(source, { ...fine, enabled: false, dataUntil: null }, now)).toBe("off");
    expect(sourceState(source, { ...fine, enabled: false, dataUntil: null, decided: true, failures: 3 }, now)).toBe("off");
    expect(sourceState({ ...source, endedAt: new Date("2025-05-01T05:00:00Z") }, fine, now)).toBe("ended");
  });
});

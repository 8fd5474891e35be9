import { expect, test } from "vitest";
import { formatClock } from "#lib/format-time.ts";
import { offsetWords } from "#lib/clock.ts";
import { clockOf } from "./clocks.ts";

const noon = (day: string) => new Date(`${day}T12:00:00Z`);

test("Ontario's market keeps standard time in summer, New Brunswick's clocks don't", () => {
  expect(clockOf("Etc/GMT+5", noon("2026-07-01"))).toEqual({ minutes: -300, label: "EST" });
  expect(clockOf("America/Moncton", noon("2026-07-01"))).toEqual({ minutes: -180, label: "ADT" });
  expect(formatClock(noon("2026-01-01"), clockOf("America/Moncton", noon("2026-01-01")))).toBe("08:00 AST");
});

test("Alberta has kept UTC−6 since 2026", () => {
  expect(clockOf("America/Edmonton", noon("2026-11-21"))).toEqual({ minutes: -360, label: "MT" });
  expect(clockOf("America/Edmonton", noon("2025-11-21"))).toEqual({ minutes: -420, label: "MT" });
});

test.each([[-300, "UTC−5"], [-210, "UTC−3:30"], [0, "UTC"], [330, "UTC+5:30"]])("%d minutes ahead is %s", (minutes, words) => {
  expect(offsetWords(minutes)).toBe(words);
});
